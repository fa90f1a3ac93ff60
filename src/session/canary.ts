import { setTimeout as delay } from 'node:timers/promises';
import { hasRunEvent, servesAnybody } from '../checks/served.ts';
import type { AgentClient } from '../client/agent-client.ts';
import { monotonicMs } from '../client/connect.ts';
import type { Identities, Identity } from '../client/identities/identity.ts';
import type { Budgets } from '../history/budgets.ts';
import { connectionNamed } from '../history/connections.ts';
import type { Probe } from '../history/entry.ts';
import { ASKED_UNWELCOMED } from '../history/probe-names.ts';
import type { Recorder } from '../history/recorder.ts';
import type { Connector, TriedConnection } from './connector.ts';
import { asUser, tryApart } from './retry-refused.ts';
import type { Target } from './target.ts';

/** What the canary needs. */
export interface CanaryContext {
  readonly target: Target;
  readonly recorder: Recorder;
  readonly budgets: Budgets;
  readonly identities: Identities;
  readonly connector: Pick<Connector, 'connect' | 'attempts'>;
  readonly prompt: string;
}

/** After this share of the budget of the welcome, a first user who is not served is not waited for any longer. */
const PATIENCE = 0.25;
const MORE_TRIES = 2;

/**
 * Serves one user before the contract serves all: upgrade, welcome, ping, one whole run. When that fails, or has come to
 * nothing after a moment, two more users try the same at the same time, so that a failure of every time and a failure of now
 * and then can be distinguished. All of them wait at the same time, so a dead deployment costs one deadline.
 */
export async function runCanary(context: CanaryContext, identity: Identity): Promise<void> {
  const { recorder, budgets, connector } = context;
  const first = converse(context, identity, 'always');
  await Promise.race([first, delay(PATIENCE * budgets.welcomeBudgetMs, undefined, { ref: false })]);
  if (!servesAnybody(recorder.history)) {
    const silent = connector.attempts.find(({ name }) => isSilent(recorder, name));
    await Promise.all([
      ...Array.from({ length: MORE_TRIES }, () => converseAsAnother(context, identity)),
      silent === undefined ? undefined : askUnwelcomed(context, silent),
    ]);
  }
  await first;
}

/** Another user where there is one, otherwise the same once more. */
async function converseAsAnother(context: CanaryContext, first: Identity): Promise<void> {
  const other = await context.identities.next();
  await converse(context, 'token' in other ? other : first, 'while nobody is served');
}

/** When a user asks for a run. Runs are costly, so whoever comes later asks only if that can still tell anything. */
type Asks = 'always' | 'while nobody is served';

async function converse(context: CanaryContext, identity: Identity, asks: Asks): Promise<void> {
  const client = await context.connector.connect({ identity });
  const welcomed = await client.welcomed();
  if (welcomed.by === 'message') await pingAndRun(context, client, asks);
  await client.close();
}

/** The run follows the pong. Where no pong comes in time the run is asked for even so, and both are waited for. */
async function pingAndRun(
  { recorder, budgets, prompt }: CanaryContext,
  client: AgentClient,
  asks: Asks,
): Promise<void> {
  const pong = client.ping();
  await Promise.race([pong, delay(budgets.pongBudgetMs, undefined, { ref: false })]);
  const wanted = asks === 'always' || !servesAnybody(recorder.history);
  if (wanted && client.isOpen()) client.ask(prompt);
  await Promise.all([pong, client.settled()]);
}

/** Whether a connection is open and was not welcomed yet. */
function isSilent({ history }: Recorder, name: string): boolean {
  const { opened, welcome, closed } = connectionNamed(history, name) ?? {};
  return opened !== undefined && welcome === undefined && closed === undefined;
}

/**
 * Whether runs are served to clients that are not welcomed. Asked apart, because an answer may overtake a welcome that is late,
 * and by a user of its own, because the events of a run go to all sockets of its user.
 */
async function askUnwelcomed(context: CanaryContext, silent: TriedConnection): Promise<void> {
  const { recorder, target, prompt } = context;
  const identity = await context.identities.next();
  if (!('token' in identity)) return;
  const start = monotonicMs();
  const history = await tryApart(context, ASKED_UNWELCOMED, asUser(silent, identity), async (client) => {
    if (client.isOpen()) client.ask(prompt);
    await client.settled();
  });
  const outcome: Pick<Probe, 'status' | 'found' | 'error'> = hasRunEvent(history, ASKED_UNWELCOMED)
    ? { status: 101, found: 'an event of the run came' }
    : { error: 'no event of the run came' };
  const asked = `request of a run at ${target.websocketUrl}, without waiting for a welcome`;
  const durationMs = monotonicMs() - start;
  recorder.record('', { kind: 'probe', name: ASKED_UNWELCOMED, target: asked, durationMs, ...outcome });
}
