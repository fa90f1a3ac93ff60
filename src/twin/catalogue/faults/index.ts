import type { Fault } from '../fault.ts';
import { AUDIENCE_FAULTS } from './audience.ts';
import { CHUNK_FAULTS } from './chunks.ts';
import { CONNECTION_CLOSING_FAULTS } from './connection-closings.ts';
import { DEAD_SERVER_FAULTS } from './dead-servers.ts';
import { EVENT_MOVE_FAULTS } from './event-moves.ts';
import { EVENT_FIELD_FAULTS } from './event-fields.ts';
import { UPGRADE_ODDITIES } from './upgrade-oddities.ts';
import { SUBPROTOCOL_FAULTS } from './subprotocols.ts';
import { WELCOME_ENDING_FAULTS } from './welcome-endings.ts';
import { RUN_RESULT_FAULTS } from './run-results.ts';
import { RUN_OUTCOME_FAULTS } from './run-outcomes.ts';
import { KEEP_ALIVE_ODDITIES } from './keep-alive-oddities.ts';
import { BROKEN_FRAME_FAULTS } from './broken-frames.ts';
import { HTTP_ODDITIES } from './http-oddities.ts';
import { BAD_FRAME_FAULTS } from './bad-frames.ts';
import { BAD_INPUT_FAULTS } from './bad-input.ts';
import { EVENT_CONTENT_FAULTS } from './event-content.ts';
import { EVENT_ORDER_FAULTS } from './event-order.ts';
import { HOSTILE_FAULTS } from './hostile.ts';
import { HTTP_FAULTS } from './http.ts';
import { KEEP_ALIVE_FAULTS } from './keep-alive.ts';
import { OPEN_TCP_FAULTS } from './open-tcp.ts';
import { NIGHTLY_FAULTS } from './nightly.ts';
import { OBSERVED_FAULTS } from './observed.ts';
import { PRODUCT_CLIENT_FAULTS } from './product-clients.ts';
import { RUN_ENDING_FAULTS } from './run-endings.ts';
import { TOKEN_FAULTS } from './tokens.ts';
import { UPGRADE_ANSWER_FAULTS } from './upgrade-answers.ts';
import { UPGRADE_FAULTS } from './upgrade.ts';
import { WELCOME_FAULTS } from './welcome.ts';

/** Every misbehaviour that shows in the scenarios of the main job. */
export const FAULTS: readonly Fault[] = [
  ...UPGRADE_FAULTS,
  ...TOKEN_FAULTS,
  ...HTTP_FAULTS,
  ...WELCOME_FAULTS,
  ...KEEP_ALIVE_FAULTS,
  ...BAD_INPUT_FAULTS,
  ...EVENT_ORDER_FAULTS,
  ...RUN_ENDING_FAULTS,
  ...EVENT_CONTENT_FAULTS,
  ...AUDIENCE_FAULTS,
  ...BAD_FRAME_FAULTS,
  ...HTTP_ODDITIES,
  ...BROKEN_FRAME_FAULTS,
  ...KEEP_ALIVE_ODDITIES,
  ...RUN_OUTCOME_FAULTS,
  ...DEAD_SERVER_FAULTS,
  ...WELCOME_ENDING_FAULTS,
  ...SUBPROTOCOL_FAULTS,
  ...UPGRADE_ODDITIES,
  ...UPGRADE_ANSWER_FAULTS,
  ...EVENT_FIELD_FAULTS,
  ...EVENT_MOVE_FAULTS,
  ...CONNECTION_CLOSING_FAULTS,
  ...OBSERVED_FAULTS,
  ...OPEN_TCP_FAULTS,
  ...HOSTILE_FAULTS,
  ...CHUNK_FAULTS,
  ...RUN_RESULT_FAULTS,
  ...PRODUCT_CLIENT_FAULTS,
];

/** Every misbehaviour that the twin knows. */
export const ALL_FAULTS: readonly Fault[] = [...FAULTS, ...NIGHTLY_FAULTS];
