import { setTimeout as sleep } from 'node:timers/promises';
import type { AgentClient } from '../../client/agent-client.ts';
import { runsOf } from '../../history/runs.ts';
import { TOKEN_EXPIRED } from '../judge/token-expiry.ts';
import type { NightlyContext } from './nightly-context.ts';
import { connectWelcomed } from './nightly-context.ts';

/** How long after the expiry of a token the server has noticed it. */
const SURELY_EXPIRED_MS = 200;

/** How a connection can be lost from our side. */
const LOSSES = { reset: (client: AgentClient) => client.cut(), close: (client: AgentClient) => client.close() };

/** Connects, loses the connection in one way, and connects again as the same user. */
export async function loseAndReturn(context: NightlyContext, loss: keyof typeof LOSSES): Promise<void> {
  const identity = await context.nextIdentity();
  const first = await connectWelcomed(context, identity);
  await LOSSES[loss](first);
  const second = await connectWelcomed(context, identity);
  await second.close();
}

/**
 * Closes in the middle of a run, stays disconnected for a quiet window so that events are queued, connects again, and listens
 * until the run has ended there or its time is up.
 */
export async function loseDuringRun(context: NightlyContext): Promise<void> {
  const { recorder, prompt, budgets } = context;
  const identity = await context.nextIdentity();
  const first = await connectWelcomed(context, identity);
  first.ask(prompt);
  const begun = (): boolean => runsOf(recorder.history).runs.some(({ deliveries }) => deliveries.has(first.name));
  await until(context, first, begun, budgets.firstEventDeadlineMs);
  await first.close();
  await sleep(budgets.quietWindowMs);
  const second = await connectWelcomed(context, identity);
  const ended = (): boolean =>
    runsOf(recorder.history).runs.some(({ deliveries }) => deliveries.get(second.name)?.terminal !== undefined);
  await until(context, second, ended, budgets.runBudgetMs);
  await second.quiet();
  await second.close();
}

/** Connects and closes again and again, as one user. */
export async function reconnectOften(context: NightlyContext): Promise<void> {
  const identity = await context.nextIdentity();
  for (let times = 0; times <= context.plan.reconnects; times += 1) {
    const client = await connectWelcomed(context, identity);
    await client.close();
  }
}

/**
 * Connects with a token that expires soon, stays beyond its expiry, asks for a pong, and returns with a fresh token. Resolves
 * to false where tokens cannot be minted, so that nothing was tried.
 */
export async function outliveToken(context: NightlyContext): Promise<boolean> {
  const { plan, recorder, nextIdentity, shortLived } = context;
  const fresh = await nextIdentity();
  const short = await shortLived(fresh, plan.shortTokenS);
  if (short === undefined) return false;
  const client = await connectWelcomed(context, short);
  const forMs = (plan.shortTokenS + 1) * 1000 + SURELY_EXPIRED_MS;
  await client.hold(forMs);
  const found = `its token lived for ${plan.shortTokenS} s`;
  recorder.record(client.name, { kind: 'probe', name: TOKEN_EXPIRED, target: client.user, durationMs: forMs, found });
  if (client.isOpen()) await client.ping();
  await client.close();
  const refreshed = await connectWelcomed(context, fresh);
  await refreshed.ping();
  await refreshed.close();
  return true;
}

/** Waits until a condition holds, the connection ends, or the time is up; tested at every entry of the connection. */
function until(
  { recorder }: NightlyContext,
  client: AgentClient,
  holds: () => boolean,
  withinMs: number,
): Promise<void> {
  return new Promise((resolve) => {
    const stop = (): void => {
      clearTimeout(timer);
      unwatch();
      resolve();
    };
    const timer = setTimeout(stop, withinMs);
    const unwatch = recorder.watch(client.name, ({ kind }) => (kind === 'closed' || holds() ? stop() : undefined));
    if (!client.isOpen() || holds()) stop();
  });
}
