import { loadSettings } from '../../env/settings.ts';
import type { Settings } from '../../env/settings.ts';
import { createConnector } from '../../fixtures/connector.ts';
import { startRecording } from '../../fixtures/running-recorder.ts';
import { redactorFor } from '../../fixtures/running-recorder.ts';
import { nightlyStage } from '../../fixtures/nightly-stage.ts';
import type { TwinOverride } from '../../fixtures/options.ts';
import { openTarget } from '../../fixtures/target.ts';
import { createIdentities } from '../client/identities/identities.ts';
import type { History } from '../history/entry.ts';
import type { NightlyStage } from '../load/workloads/nightly-stage.ts';
import { SHORT_BUDGETS } from './short-budgets.ts';

/** A night in a second: connections grow old 300 times faster, and the numbers are as small as they may be. */
const A_SHORT_NIGHT = {
  ...SHORT_BUDGETS,
  TWIN_RELIABILITY_CONNECTIONS: '300',
  TWIN_RELIABILITY_RUNS: '60',
  TWIN_RAMP_PER_SECOND: '2000',
  TWIN_TIME_SCALE: '300',
  TWIN_HOLD_CONNECTIONS: '2',
  TWIN_RECONNECT_BUDGET_MS: '250',
  TWIN_WATCH_MS: '900',
  TWIN_SAMPLE_EVERY_MS: '50',
} as const;

/** What a night on a twin of its own left behind. */
export interface NightlyRun {
  readonly history: History;
  readonly settings: Settings;
  /** How often a fault of this name really fired. */
  readonly fired: (name: string) => number;
}

/** Starts a twin, does one piece of the night's work on it, and closes everything. */
export async function runNightlyWork(
  override: TwinOverride,
  work: (stage: NightlyStage) => Promise<unknown>,
): Promise<NightlyRun> {
  const settings = loadSettings('twin', { process: { ...A_SHORT_NIGHT, ...override.variables } });
  const target = await openTarget(settings, { journal: 'faults', ...override });
  const { recorder, stop } = startRecording(target, redactorFor(target));
  const nowS = (): number => Date.now() / 1000;
  const { users, budgets, authCarrier: carrier, compression } = settings;
  const identities = createIdentities({ source: target.credentials, users, lane: 0, lanes: 1, nowS });
  const options = { target, recorder, identities, budgets, carrier, compression, session: 'e2e-night' };
  const connector = createConnector(options);
  try {
    await work(nightlyStage({ settings, connector, options }));
  } finally {
    await connector.closeAll();
    stop();
    await target.close();
  }
  const { twin } = target;
  return { history: recorder.history, settings, fired: (name) => twin?.journal.fired(name) ?? 0 };
}
