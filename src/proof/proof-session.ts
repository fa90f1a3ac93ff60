import type { Settings } from '../../env/settings.ts';
import { loadSettings } from '../../env/settings.ts';
import type { Session } from '../session.ts';
import { openIdentities, openSession } from '../session.ts';
import type { TwinOverride } from '../session/target.ts';
import { openTarget } from '../session/target.ts';
import type { Twin } from '../twin/twin.ts';

/**
 * Settings of the proof, times in milliseconds: budgets are short, because many faults show only when a deadline expires, and
 * limits are low, so that a flood is short. A
 * deadline exceeds its budget by more than the lateness of the twin's late frames.
 */
export const SHORT_BUDGETS = {
  TWIN_CONNECTIONS: '4',
  TWIN_CONNECT_BUDGET_MS: '1200',
  TWIN_CONNECT_DEADLINE_MS: '2500',
  TWIN_WELCOME_BUDGET_MS: '600',
  TWIN_WELCOME_DEADLINE_MS: '1000',
  TWIN_PONG_BUDGET_MS: '600',
  TWIN_PONG_DEADLINE_MS: '1000',
  TWIN_FIRST_EVENT_BUDGET_MS: '600',
  TWIN_FIRST_EVENT_DEADLINE_MS: '1000',
  TWIN_EVENT_GAP_BUDGET_MS: '600',
  TWIN_EVENT_GAP_DEADLINE_MS: '1000',
  TWIN_IDLE_DEADLINE_MS: '2000',
  TWIN_RUN_BUDGET_MS: '1500',
  TWIN_CLOSE_DEADLINE_MS: '800',
  TWIN_QUIET_WINDOW_MS: '60',
  TWIN_MOST_FRAMES: '1000',
  TWIN_MOST_BYTES: '3000000',
} as const;

/** A session on a twin of its own, outside of Playwright. */
export interface ProofSession extends Session {
  readonly twin: Twin;
  /** Closes the clients and the twin; the history is complete then. */
  close(): Promise<void>;
}

/** Starts a twin that behaves as the override says, under short budgets and further variables, and opens a session on it. */
export async function openProofSession(
  override: TwinOverride,
  variables: Readonly<Record<string, string>> = {},
): Promise<ProofSession> {
  const settings: Settings = loadSettings('twin', {
    process: { ...SHORT_BUDGETS, ...variables, ...override.variables },
  });
  const target = await openTarget(settings, override);
  const { twin } = target;
  if (twin === undefined)
    throw new Error('Proof: expected the target to be the twin, found a remote one. See env/twin.env.');
  const session = openSession({ settings, target, identities: openIdentities(settings, target), name: 'e2e-proof' });
  return {
    ...session,
    twin,
    async close() {
      await session.close();
      await target.close();
    },
  };
}
