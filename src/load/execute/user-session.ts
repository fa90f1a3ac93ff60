import { setTimeout as sleep } from 'node:timers/promises';
import type { AgentClient } from '../../client/agent-client.ts';
import { connect } from '../../client/connect.ts';
import type { Identities, Identity, IdentityRefused } from '../../client/identities/identity.ts';
import type { Connection } from '../../history/connections.ts';
import { connectionsOf } from '../../history/connections.ts';
import type { History } from '../../history/entry.ts';
import type { Recorder } from '../../history/recorder.ts';
import { createRecorder } from '../../history/recorder.ts';
import type { Redact } from '../../history/redact.ts';
import { E2E_ENVIRONMENT, e2eHeaders } from '../../protocol/e2e-headers.ts';
import type { PlannedStart } from '../observe/latency-metrics.ts';
import { connectionName } from '../observe/user-range.ts';
import type { FleetPlan } from './plan.ts';
import type { Progress } from './progress.ts';
import type { StopSwitch } from './ramp.ts';

/** What the virtual users of one thread have in common. */
export interface WorkerContext {
  readonly plan: FleetPlan;
  readonly redact: Redact;
  readonly identities: Pick<Identities, 'next'>;
  readonly progress: Progress;
  readonly stopSwitch: StopSwitch;
  /** Monotonic, in milliseconds. */
  readonly clock: () => number;
}

/** One virtual user, from its first byte to its last. */
export interface UserSession {
  readonly number: number;
  readonly user: string;
  readonly recorder: Recorder;
  /** Undefined when there was no token to connect with. */
  readonly client: AgentClient | undefined;
  /** Whether it was welcomed and its ping answered, so that it may ask for runs. */
  readonly ready: boolean;
  readonly connecting: PlannedStart;
  /** Set when it asked for its first run. */
  asking: PlannedStart | undefined;
  /** How often the server asked it to come back later. */
  readonly backedOff: number;
}

const GOLDEN_RATIO = 0.618_033_988_75;

/**
 * Connects one virtual user: a token, the upgrade, the welcome, one pong. When the server asks it to come back later it
 * does, with a history of its own for each try; the last one is judged. Never throws for the server.
 */
export async function openSession(context: WorkerContext, number: number, intendedMs: number): Promise<UserSession> {
  const { progress, stopSwitch, clock } = context;
  const identity = await context.identities.next();
  const connecting = { intendedMs, actualMs: clock() };
  progress.started += 1;
  for (let tries = 1; ; tries += 1) {
    const session = { ...(await attempt(context, number, identity)), number, connecting, asking: undefined };
    const waitMs = session.ready ? undefined : waitBeforeRetry(session.recorder.history, tries, spreadOf(number));
    if (waitMs === undefined || stopSwitch.stopped !== undefined) {
      stopSwitch.count(session.ready ? 'well' : 'badly');
      if (!session.ready) {
        progress.failed += 1;
        await session.client?.close();
      }
      return { ...session, backedOff: tries - 1 };
    }
    await session.client?.close();
    await sleep(waitMs);
  }
}

/** Lets one virtual user ask for its runs, one after the other, and close. Never throws for the server. */
export async function runSession(
  { plan, progress, clock }: WorkerContext,
  session: UserSession,
  intendedMs: number,
): Promise<void> {
  const { client } = session;
  if (client === undefined || !session.ready) return;
  session.asking = { intendedMs, actualMs: clock() };
  progress.running += 1;
  let well = true;
  for (let run = 0; run < plan.load.runsPerConnection && client.isOpen(); run += 1) {
    client.ask(plan.prompt);
    well = (await client.settled()) && well;
  }
  progress.running -= 1;
  if (well && client.isOpen()) progress.done += 1;
  else progress.failed += 1;
  await client.close();
}

type OpeningAttempt = Pick<UserSession, 'user' | 'recorder' | 'client' | 'ready'>;

async function attempt(
  context: WorkerContext,
  number: number,
  identity: Identity | IdentityRefused,
): Promise<OpeningAttempt> {
  const { plan, clock, redact, progress } = context;
  const recorder = createRecorder({ clock, redact });
  if (!('token' in identity)) return withoutToken(plan.websocketUrl, recorder, number, identity);
  const { userId: user, token } = identity;
  const client = await connect({
    recorder,
    name: connectionName(number),
    url: plan.websocketUrl,
    user,
    token,
    credential: 'valid',
    carrier: plan.carrier,
    headers: e2eHeaders({ environment: E2E_ENVIRONMENT, session: plan.session, userId: user }),
    budgets: plan.budgets,
  });
  if (client.isOpen()) progress.opened += 1;
  const welcomed = await client.welcomed();
  if (welcomed.by !== 'message') return { user, recorder, client, ready: false };
  progress.welcomed += 1;
  const ponged = await client.ping();
  return { user, recorder, client, ready: ponged.by === 'message' };
}

function withoutToken(url: string, recorder: Recorder, number: number, { because }: IdentityRefused): OpeningAttempt {
  const name = connectionName(number);
  const request = { url, headers: {}, offered: [], user: '', credential: 'valid' };
  recorder.record(name, { kind: 'handshake-request', ...request });
  recorder.record(name, { kind: 'refused', code: 'token-unavailable', because });
  return { user: '', recorder, client: undefined, ready: false };
}

/** From 0 to 1, different for each virtual user, the same every time. */
function spreadOf(number: number): number {
  return (number * GOLDEN_RATIO) % 1;
}

const MOST_TRIES = 4;
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 30_000;
const ASK_TO_WAIT = [429, 503];

/**
 * How long to wait before the next try, in milliseconds, when the server asked for it: close code 1013 before a welcome, or
 * HTTP 429 or 503 with `Retry-After` (protocol notes §A.9). `undefined` when it did not ask, or was asked often enough.
 * `tries` counts the tries so far; `spread` from 0 to 1 keeps users that were refused together from returning together.
 */
export function waitBeforeRetry(history: History, tries: number, spread: number): number | undefined {
  const [connection] = connectionsOf(history);
  if (connection === undefined || tries >= MOST_TRIES) return undefined;
  const askedMs = askedToWaitMs(connection, tries);
  return askedMs === undefined ? undefined : Math.min(askedMs, LONGEST_WAIT_MS) * (1 + spread / 2);
}

function askedToWaitMs({ answer, closed, welcome }: Connection, tries: number): number | undefined {
  if (closed?.code === 1013 && closed.by === 'them' && welcome === undefined) return FIRST_WAIT_MS * 2 ** (tries - 1);
  const retryAfter = answer?.headers['retry-after'];
  if (answer === undefined || !ASK_TO_WAIT.includes(answer.status) || retryAfter === undefined) return undefined;
  const seconds = Number(retryAfter);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : FIRST_WAIT_MS * 2 ** (tries - 1);
}
