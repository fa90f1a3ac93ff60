import { duration } from './kinds.ts';
import { withDefault } from './row.ts';

/** Budgets (later is a finding) and deadlines (after which an answer is missing), all in milliseconds. */
export const BUDGET_VARIABLES = {
  CONNECT_DEADLINE_MS: withDefault(duration(), '15000', {
    about: 'How long the answer of the upgrade request is waited for.',
  }),
  WELCOME_BUDGET_MS: withDefault(duration(), '2000', { about: 'Welcome later than this after the upgrade is late.' }),
  WELCOME_DEADLINE_MS: withDefault(duration(), '30000', { about: 'No welcome after this long is missing.' }),
  PONG_BUDGET_MS: withDefault(duration(), '5000', { about: 'Pong later than this after its ping is late.' }),
  PONG_DEADLINE_MS: withDefault(duration(), '10000', { about: 'No pong after this long is missing.' }),
  FIRST_EVENT_BUDGET_MS: withDefault(duration(), '5000', {
    about: 'First event of a run later than this after its request is late.',
  }),
  FIRST_EVENT_DEADLINE_MS: withDefault(duration(), '30000', { about: 'No first event after this long is missing.' }),
  EVENT_GAP_BUDGET_MS: withDefault(duration(), '15000', {
    about: 'Longer silence between two events of one run is late.',
  }),
  EVENT_GAP_DEADLINE_MS: withDefault(duration(), '30000', {
    about: 'Longer silence between two events of one run is a stall.',
  }),
  IDLE_DEADLINE_MS: withDefault(duration(), '60000', {
    about: 'Longest silence of a whole connection, control frames included, while an answer is owed.',
  }),
  RUN_BUDGET_MS: withDefault(duration(), '120000', { about: 'From the request of a run to its last event.' }),
  CLOSE_DEADLINE_MS: withDefault(duration(), '5000', { about: 'How long the closing handshake may take.' }),
  QUIET_WINDOW_MS: withDefault(duration(), '2000', {
    about: 'How long nothing may arrive after the last event before the end is believed.',
  }),
};
