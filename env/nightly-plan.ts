import type { NightlyPlan } from '../src/load/workloads/nightly-plan.ts';
import type { Values } from './variables.ts';

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
