import { setTimeout as sleep } from 'node:timers/promises';
import { connect } from '../../client/connect.ts';
import type { Identity, IdentityRefused } from '../../client/identities/identity.ts';
import type { Recorder } from '../../history/recorder.ts';
import { createRecorder } from '../../history/recorder.ts';
import { E2E_ENVIRONMENT, e2eHeaders } from '../../protocol/e2e-headers.ts';
import { waitBeforeRetry } from './back-off.ts';
import type { WorkerContext } from './worker-context.ts';
import type { UserSession } from '../observe/user-session.ts';
import { connectionName } from './user-range.ts';

const GOLDEN_RATIO = 0.618_033_988_75;

/**
 * Brings one member up: a token, the upgrade, the welcome, one pong. When the server asks it to come back later it does,
 * with a history of its own for each try; the last one is judged. Never throws for the server.
 */
export async function openSession(crew: WorkerContext, number: number, intendedMs: number): Promise<UserSession> {
  const { tally, stopSwitch, clock } = crew;
  const identity = await crew.identities.next();
  const connecting = { intendedMs, actualMs: clock() };
  tally.started += 1;
  for (let tries = 1; ; tries += 1) {
    const life = { ...(await attempt(crew, number, identity)), number, connecting, asking: undefined };
    const waitMs = life.ready ? undefined : waitBeforeRetry(life.recorder.history, tries, spreadOf(number));
    if (waitMs === undefined || stopSwitch.stopped !== undefined) {
      stopSwitch.count(life.ready ? 'well' : 'badly');
      if (!life.ready) await endBadly(crew, life);
      return { ...life, backedOff: tries - 1 };
    }
    await life.client?.close();
    await sleep(waitMs);
  }
}

type Attempt = Pick<UserSession, 'user' | 'recorder' | 'client' | 'ready'>;

async function attempt(crew: WorkerContext, number: number, identity: Identity | IdentityRefused): Promise<Attempt> {
  const { plan, clock, redact, tally } = crew;
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
  if (client.isOpen()) tally.opened += 1;
  const welcomed = await client.welcomed();
  if (welcomed.by !== 'message') return { user, recorder, client, ready: false };
  tally.welcomed += 1;
  const ponged = await client.ping();
  return { user, recorder, client, ready: ponged.by === 'message' };
}

function withoutToken(url: string, recorder: Recorder, number: number, { because }: IdentityRefused): Attempt {
  const name = connectionName(number);
  const request = { url, headers: {}, offered: [], user: '', credential: 'valid' };
  recorder.record(name, { kind: 'handshake-request', ...request });
  recorder.record(name, { kind: 'refused', code: 'token-unavailable', because });
  return { user: '', recorder, client: undefined, ready: false };
}

async function endBadly({ tally }: WorkerContext, { client }: Pick<UserSession, 'client'>): Promise<void> {
  tally.failed += 1;
  await client?.close();
}

/** From 0 to 1, another for each member, the same every time. */
function spreadOf(number: number): number {
  return (number * GOLDEN_RATIO) % 1;
}
