import type { Values } from './variables.ts';

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
export function nightlyPlanOf(values: Values): NightlyPlan {
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
