import { duration, wholeNumber, withDefault } from './rows.ts';
import type { ValuesOf } from './rows.ts';

/** What the nightly project does, for how long and how often. Durations in milliseconds. */
export const NIGHTLY_VARIABLES = {
  RELIABILITY_CONNECTIONS: withDefault(wholeNumber(1, 100_000), '300', {
    about: 'How many connections the rates are counted on; without a failure it takes 299 to show a rate below 1 %.',
  }),
  RELIABILITY_RUNS: withDefault(wholeNumber(0, 100_000), '60', {
    about: 'How many of these connections ask for a run too; it takes 59 to show more than 95 %.',
  }),
  HOLD_CONNECTIONS: withDefault(wholeNumber(1, 1000), '5', { about: 'How many connections are held idle.' }),
  HOLD_MS: withDefault(duration(), '150000', { about: 'How long they are held, before TIME_SCALE shortens it.' }),
  RECONNECTS: withDefault(wholeNumber(1, 1000), '25', { about: 'How often one user reconnects in a row.' }),
  RECONNECT_BUDGET_MS: withDefault(duration(), '3000', {
    about: 'New welcome later than this after the loss of a connection is late.',
  }),
  SHORT_TOKEN_S: withDefault(wholeNumber(1, 600), '5', {
    about: 'Lifetime, in seconds, of the token that expires while its connection is open.',
  }),
  WATCH_MS: withDefault(duration(), '60000', {
    about: 'How long health, readiness and WebSocket are watched together.',
  }),
  SAMPLE_EVERY_MS: withDefault(duration(), '2000', { about: 'Time between two samples of them.' }),
  SOAK_MS: withDefault(duration(), '1800000', { about: 'How long the soak runs.' }),
  SOAK_CLIENTS: withDefault(wholeNumber(1, 1000), '5', { about: 'How many clients run side by side in the soak.' }),
  SOAK_PAUSE_MS: withDefault(duration(), '5000', { about: 'How long each of them pauses between two runs.' }),
  TIME_SCALE: withDefault(wholeNumber(1, 10_000), '1', {
    about: 'How many times faster connections age on the twin than on a deployment; HOLD_MS is divided by it.',
    twinOnly: true,
  }),
};

/** What the nightly project does. Durations in milliseconds, unless the name says otherwise. */
export interface NightlyPlan {
  /** Connections on which rates are counted, and how many of them ask for a run. */
  readonly connections: number;
  readonly runs: number;
  readonly holdConnections: number;
  readonly holdMs: number;
  /** How often one user reconnects in a row, and how soon it must be welcome again. */
  readonly reconnects: number;
  readonly reconnectBudgetMs: number;
  /** Seconds that the token lives which expires on purpose. */
  readonly shortTokenS: number;
  /** How long health and WebSocket are watched together, and how often. */
  readonly watchMs: number;
  readonly sampleEveryMs: number;
  readonly soakMs: number;
  readonly soakClients: number;
  readonly soakPauseMs: number;
  /** How many times faster connections grow old here than in the field: 1 but on the twin. */
  readonly timeScale: number;
}

/** The plan of the nightly project that the variables set. */
export function nightlyPlanOf(values: ValuesOf<typeof NIGHTLY_VARIABLES>): NightlyPlan {
  return {
    connections: values.RELIABILITY_CONNECTIONS,
    runs: values.RELIABILITY_RUNS,
    holdConnections: values.HOLD_CONNECTIONS,
    holdMs: values.HOLD_MS / values.TIME_SCALE,
    reconnects: values.RECONNECTS,
    reconnectBudgetMs: values.RECONNECT_BUDGET_MS,
    shortTokenS: values.SHORT_TOKEN_S,
    watchMs: values.WATCH_MS,
    sampleEveryMs: values.SAMPLE_EVERY_MS,
    soakMs: values.SOAK_MS,
    soakClients: values.SOAK_CLIENTS,
    soakPauseMs: values.SOAK_PAUSE_MS,
    timeScale: values.TIME_SCALE,
  };
}
