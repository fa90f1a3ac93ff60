import type { Settings } from '../../env/settings.ts';
import type { Budgets } from '../history/budgets.ts';
import type { CredentialSource } from '../client/identities/identity.ts';
import type { NightlyPlan } from '../../env/nightly.ts';
import type { TwinTiming } from '../twin/behaviour/timing.ts';
import type { Twin } from '../twin/twin.ts';

/** How the twin of a project differs from its settings; used by the proof. */
export interface TwinOverride {
  readonly profile?: string;
  readonly fault?: string;
  readonly seed?: number;
  /** `faults`: the journal keeps only faults, so that it stays small during long work. */
  readonly journal?: 'faults';
  /** `exchanged`: tokens come from the twin's token endpoint. */
  readonly tokens?: 'exchanged';
  /** Process variables of the settings, such as `TWIN_ORDER`. */
  readonly variables?: Readonly<Record<string, string>>;
}

/** What is tested. Specs see only this, so they do not depend on whether it is the twin or a deployment. */
export interface Target {
  readonly backendUrl: string;
  readonly websocketUrl: string;
  readonly credentials: CredentialSource;
  /** The secret that tokens are verified with, where it is known. */
  readonly jwtSecret: string | undefined;
  /** Every secret that the redactor must know. */
  readonly secrets: readonly string[];
  /** The embedded backend, unless the target is remote. */
  readonly twin: Twin | undefined;
  close(): Promise<void>;
}

/** Starts the twin, or attaches to the deployment that the settings name. The twin's code is loaded only where it runs. */
export async function openTarget(settings: Settings, override: TwinOverride): Promise<Target> {
  return settings.target === 'twin' ? openTwin(settings, override) : attach(settings);
}

async function openTwin(settings: Settings, { tokens, profile, fault, seed, journal }: TwinOverride): Promise<Target> {
  const { startTwin } = await import('../twin/twin.ts');
  const { tokenSource } = settings;
  const twin = await startTwin({
    ...settings.twin,
    ...(profile !== undefined && { profile }),
    ...(fault !== undefined && { fault }),
    ...(seed !== undefined && { seed }),
    ...(journal !== undefined && { journal }),
    ...(tokenSource.kind === 'exchange' && { simulationKey: tokenSource.simulationKey }),
    pace: twinTiming(settings.budgets, settings.nightly),
  });
  const credentials: CredentialSource =
    tokenSource.kind === 'exchange' || tokens === 'exchanged'
      ? { kind: 'exchange', authUrl: twin.url, simulationKey: twin.simulationKey }
      : { kind: 'mint', secret: twin.jwtSecret };
  return {
    backendUrl: twin.url,
    websocketUrl: twin.websocketUrl,
    credentials,
    jwtSecret: twin.jwtSecret,
    secrets: [...settings.secrets, twin.jwtSecret, twin.simulationKey],
    twin,
    close: () => twin.close(),
  };
}

/** A late frame of the twin comes after this many budgets: too late for the budget, in time for the deadline. */
const LATE_BUDGETS = 1.25;
const QUIET_WINDOWS_PER_HEARTBEAT = 1.5;
const SAMPLES_PER_START = 4;

/**
 * The timing of a twin that is tested under these budgets. What is late on purpose exceeds its budget but no deadline; the
 * keep-alive comes while nothing else happens; a slow start lasts for a few samples of the nightly work.
 */
function twinTiming(
  budgets: Budgets,
  { timeScale, sampleEveryMs }: Pick<NightlyPlan, 'timeScale' | 'sampleEveryMs'>,
): Partial<TwinTiming> {
  const { welcomeBudgetMs, pongBudgetMs, firstEventBudgetMs, eventGapBudgetMs, quietWindowMs } = budgets;
  return {
    timeScale,
    startUpMs: SAMPLES_PER_START * sampleEveryMs,
    heartbeatIntervalMs: QUIET_WINDOWS_PER_HEARTBEAT * quietWindowMs,
    lateMs: LATE_BUDGETS * Math.max(welcomeBudgetMs, pongBudgetMs, firstEventBudgetMs, eventGapBudgetMs),
  };
}

function attach({ backendUrl, websocketUrl, authUrl, tokenSource, secrets, project }: Settings): Target {
  if (backendUrl === undefined || websocketUrl === undefined || tokenSource.kind === 'twin') {
    throw new Error(
      `Project ${project}: expected the addresses of a remote target, found none. Settings are validated earlier, so this is a defect of the harness: report it.`,
    );
  }
  return {
    backendUrl,
    websocketUrl,
    credentials: tokenSource.kind === 'exchange' ? { ...tokenSource, authUrl: authUrl ?? backendUrl } : tokenSource,
    jwtSecret: tokenSource.kind === 'mint' ? tokenSource.secret : undefined,
    secrets,
    twin: undefined,
    close: () => Promise.resolve(),
  };
}
