import { CARRIER_SIGNATURES } from './carriers.ts';
import { CLOSE_HANDSHAKE_SIGNATURES } from './close-handshake.ts';
import { CLOSING_SIGNATURES } from './closings.ts';
import { ENVIRONMENT_SIGNATURES } from './environment.ts';
import { EVENT_SIGNATURES } from './events.ts';
import { HARNESS_SIGNATURES } from './harness.ts';
import { HEALTH_SIGNATURES } from './health.ts';
import { IDENTITY_SIGNATURES } from './identities.ts';
import { KEEP_ALIVE_SIGNATURES } from './keep-alive.ts';
import { LIMIT_SIGNATURES } from './limits.ts';
import { OUTAGE_SIGNATURES } from './outages.ts';
import { RELIABILITY_SIGNATURES } from './reliability.ts';
import { REPETITION_SIGNATURES } from './repetition.ts';
import { REQUEST_SIGNATURES } from './requests.ts';
import { RUN_ENDING_SIGNATURES } from './run-endings.ts';
import type { Signature } from './signature.ts';
import { SUBPROTOCOL_SIGNATURES } from './subprotocols.ts';
import { TOKEN_SIGNATURES } from './tokens.ts';
import { UPGRADE_SIGNATURES } from './upgrades.ts';
import { WELCOME_CLOSING_SIGNATURES } from './welcome-closings.ts';
import { WELCOME_REASON_SIGNATURES } from './welcome-reasons.ts';
import { WELCOME_SIGNATURES } from './welcome.ts';

/** Every failure that can be recognised. Of equally specific ones in one phase, the first is preferred. */
export const SIGNATURES: readonly Signature[] = [
  ...ENVIRONMENT_SIGNATURES,
  ...TOKEN_SIGNATURES,
  ...CARRIER_SIGNATURES,
  ...SUBPROTOCOL_SIGNATURES,
  ...UPGRADE_SIGNATURES,
  ...OUTAGE_SIGNATURES,
  ...LIMIT_SIGNATURES,
  ...WELCOME_REASON_SIGNATURES,
  ...WELCOME_CLOSING_SIGNATURES,
  ...WELCOME_SIGNATURES,
  ...REPETITION_SIGNATURES,
  ...IDENTITY_SIGNATURES,
  ...REQUEST_SIGNATURES,
  ...KEEP_ALIVE_SIGNATURES,
  ...CLOSING_SIGNATURES,
  ...CLOSE_HANDSHAKE_SIGNATURES,
  ...EVENT_SIGNATURES,
  ...RUN_ENDING_SIGNATURES,
  ...RELIABILITY_SIGNATURES,
  ...HEALTH_SIGNATURES,
  ...HARNESS_SIGNATURES,
];
