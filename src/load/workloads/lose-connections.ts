import { setTimeout as sleep } from 'node:timers/promises';
import type { AgentClient } from '../../client/agent-client.ts';
import type { Identity } from '../../client/identities/identity.ts';
import { runsOf } from '../../history/runs.ts';
import { TOKEN_EXPIRED } from '../judge/token-expiry.ts';
import type { NightlyStage } from './nightly-stage.ts';

/** Beyond the expiry of a token, so that the server has noticed it. */
const SURELY_EXPIRED_MS = 200;

/** How a connection can be lost from our side. */
export const LOSSES = { reset: (client: AgentClient) => client.cut(), close: (client: AgentClient) => client.close() };

/** Connects, loses the connection in one way, and connects again as the same user. */
export async function loseAndReturn(stage: NightlyStage, loss: keyof typeof LOSSES): Promise<void> {
  const identity = await stage.nextIdentity();
  const first = await arrive(stage, identity);
  await LOSSES[loss](first);
  const second = await arrive(stage, identity);
  await second.close();
}

/**
 * Closes in the middle of a run, stays away for a quiet window so that something has to wait, connects again, and listens
 * until the run has ended there or its time is up.
 */
export async function loseDuringRun(stage: NightlyStage): Promise<void> {
  const { recorder, prompt, budgets } = stage;
  const identity = await stage.nextIdentity();
  const first = await arrive(stage, identity);
  first.ask(prompt);
  const begun = (): boolean => runsOf(recorder.history).runs.some(({ deliveries }) => deliveries.has(first.name));
  await until(stage, first, begun, budgets.firstEventDeadlineMs);
  await first.close();
  await sleep(budgets.quietWindowMs);
  const second = await arrive(stage, identity);
  const ended = (): boolean =>
    runsOf(recorder.history).runs.some(({ deliveries }) => deliveries.get(second.name)?.terminal !== undefined);
  await until(stage, second, ended, budgets.runBudgetMs);
  await second.quiet();
  await second.close();
}

/** Connects and closes again and again, as one user. */
export async function reconnectOften(stage: NightlyStage): Promise<void> {
  const identity = await stage.nextIdentity();
  for (let times = 0; times <= stage.plan.reconnects; times += 1) {
    const client = await arrive(stage, identity);
    await client.close();
  }
}

/**
 * Connects with a token that expires soon, stays beyond its expiry, asks for a pong, and returns with a fresh token. Resolves
 * to false where tokens cannot be minted, so that nothing was tried.
 */
export async function outliveToken(stage: NightlyStage): Promise<boolean> {
  const { plan, recorder, nextIdentity, shortLived } = stage;
  const fresh = await nextIdentity();
  const short = await shortLived(fresh, plan.shortTokenS);
  if (short === undefined) return false;
  const client = await arrive(stage, short);
  const forMs = (plan.shortTokenS + 1) * 1000 + SURELY_EXPIRED_MS;
  await client.hold(forMs);
  const found = `its token lived for ${plan.shortTokenS} s`;
  recorder.record(client.name, { kind: 'probe', name: TOKEN_EXPIRED, target: client.user, durationMs: forMs, found });
  if (client.isOpen()) await client.ping();
  await client.close();
  const refreshed = await arrive(stage, fresh);
  await refreshed.ping();
  await refreshed.close();
  return true;
}

async function arrive({ connect }: NightlyStage, identity: Identity): Promise<AgentClient> {
  const client = await connect({ identity });
  await client.welcomed();
  return client;
}

/** Waits until something is so, the connection ends, or the time is up; judged at every entry of the connection. */
function until({ recorder }: NightlyStage, client: AgentClient, isSo: () => boolean, withinMs: number): Promise<void> {
  return new Promise((resolve) => {
    const stop = (): void => {
      clearTimeout(timer);
      unwatch();
      resolve();
    };
    const timer = setTimeout(stop, withinMs);
    const unwatch = recorder.watch(client.name, ({ kind }) => (kind === 'closed' || isSo() ? stop() : undefined));
    if (!client.isOpen() || isSo()) stop();
  });
}
