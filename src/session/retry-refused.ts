import type { Budgets } from '../history/budgets.ts';
import { ENDPOINTS } from '../checks/endpoint.ts';
import { refusalOfConnection } from '../checks/refusal.ts';
import type { AgentClient } from '../client/agent-client.ts';
import { connect, monotonicMs } from '../client/connect.ts';
import { mintToken } from '../client/identities/mint.ts';
import { idOfAnotherForm } from '../client/identities/user-uuid.ts';
import { probeHttp } from '../client/preflight/http-probe.ts';
import { endpointOf, probeTls } from '../client/preflight/stages.ts';
import { connectionNamed, firstOf, isWelcome } from '../history/connections.ts';
import type { History, Probe } from '../history/entry.ts';
import type { Recorder } from '../history/recorder.ts';
import { createRecorder } from '../history/recorder.ts';
import { AFTERWARDS, restProbeName } from '../history/probe-names.ts';
import type { ProbeName } from '../history/probe-names.ts';
import type { TriedConnection } from './connector.ts';
import { AUTHENTICATED_PATH } from './http-client.ts';
import type { Target } from './target.ts';

/** What the retries need. */
export interface RetryContext {
  readonly target: Target;
  readonly recorder: Recorder;
  readonly budgets: Budgets;
}

/**
 * Examines, after the test, the first connection with a valid credential that was not welcomed. It asks the health endpoint.
 * Where the token was refused, it presents the token again with one thing changed at a time (failure notes §2.5, rule 4).
 * Where a connection without TLS was cut before it was answered, it tries whether the port speaks TLS. Where the server closed
 * with 1011 before any frame, a user whose id has another form connects once. Where it answered at another path than the usual
 * one, the token is presented there. It sends at most five requests, all at once; each is recorded as a probe, so that no check
 * takes it for a connection of the test. A second call for the same history does nothing.
 */
export async function retryRefused(context: RetryContext, attempts: readonly TriedConnection[]): Promise<void> {
  const { recorder, target, budgets } = context;
  const { history } = recorder;
  const failed = attempts.find(({ name }) => wasNotWelcomed(history, name));
  if (failed === undefined || Object.values(AFTERWARDS).some((name) => wasProbed(history, name))) return;
  const deadlineMs = budgets.connectDeadlineMs;
  const tries: Promise<Probe>[] = [];
  if (!wasProbed(history, 'health')) {
    const url = `${target.backendUrl}${ENDPOINTS.health.path}`;
    tries.push(probeHttp({ name: AFTERWARDS.health, url, deadlineMs }));
  }
  const otherUser = diedUnheard(history, failed.name) ? await asAnotherForm(failed, target) : undefined;
  if (otherUser !== undefined) tries.push(retry(context, AFTERWARDS.otherUserId, otherUser));
  if (isRefusal(history, failed.name)) {
    if (!wasProbed(history, restProbeName('valid'))) {
      const headers = { Authorization: `Bearer ${failed.identity.token}` };
      const url = `${target.backendUrl}${AUTHENTICATED_PATH}`;
      tries.push(probeHttp({ name: AFTERWARDS.rest, url, headers, deadlineMs }));
    }
    for (const [name, changed] of variationsOf(failed)) tries.push(retry(context, name, changed));
  }
  const elsewhere = usualAddress(target);
  if (elsewhere !== undefined && isOfTheRoute(history, failed.name)) {
    const atUsualPath = { ...context, target: { ...target, websocketUrl: elsewhere } };
    tries.push(retry(atUsualPath, AFTERWARDS.usualPath, failed));
  }
  if (isCutOnPlainPort(history, failed.name)) tries.push(tlsOf(target, deadlineMs));
  for (const probe of await Promise.all(tries)) recorder.record('', probe);
}

async function tlsOf({ websocketUrl }: Target, deadlineMs: number): Promise<Probe> {
  const probe = await probeTls({ ...endpointOf(websocketUrl), secure: true }, deadlineMs);
  return { ...probe, name: AFTERWARDS.tls };
}

function wasProbed(history: History, wanted: ProbeName): boolean {
  return history.some((entry) => entry.kind === 'probe' && entry.name === wanted);
}

/** The path of the WebSocket in every version (protocol notes §1.1). */
const USUAL_PATH = '/ws';

/** The address with the usual path; `undefined` where the target has it already. */
function usualAddress({ websocketUrl }: Pick<Target, 'websocketUrl'>): string | undefined {
  const url = new URL(websocketUrl);
  if (url.pathname === USUAL_PATH) return undefined;
  url.pathname = USUAL_PATH;
  return url.href;
}

/** Whether the answer may come from another route than that of the WebSocket. */
function isOfTheRoute(history: History, name: string): boolean {
  const connection = connectionNamed(history, name);
  return connection?.answer !== undefined && connection.opened === undefined;
}

function wasNotWelcomed(history: History, name: string): boolean {
  const connection = connectionNamed(history, name);
  if (connection === undefined || connection.welcome !== undefined) return false;
  return connection.refused !== undefined || connection.closed?.by === 'them';
}

/** Whether the token was judged, or may have been; a dead network says nothing about it. */
function isRefusal(history: History, name: string): boolean {
  const connection = connectionNamed(history, name);
  const code = connection === undefined ? undefined : refusalOfConnection(connection, history)?.code;
  return code === 'token-refused' || code === 'upgrade-forbidden' || code === 'refused-by-proxy';
}

/** Closed with 1011 before any frame: so the server ends the connections of users whose id it does not accept (observed). */
function diedUnheard(history: History, name: string): boolean {
  const connection = connectionNamed(history, name);
  return connection?.closed?.code === 1011 && firstOf(connection.entries, 'received') === undefined;
}

/** The same attempt by a user whose id has another form; only where tokens can be signed for any user. */
async function asAnotherForm(attempt: TriedConnection, { jwtSecret }: Target): Promise<TriedConnection | undefined> {
  if (jwtSecret === undefined) return undefined;
  const userId = idOfAnotherForm(attempt.identity.userId);
  const token = await mintToken({ secret: jwtSecret, userId, nowS: Date.now() / 1000 });
  return asUser(attempt, { userId, token });
}

/** The same attempt by another user, whom its headers name too. */
export function asUser(attempt: TriedConnection, identity: TriedConnection['identity']): TriedConnection {
  const headers = Object.entries(attempt.headers).map(([name, value]) => [
    name,
    value === attempt.identity.userId ? identity.userId : value,
  ]);
  return { ...attempt, identity, headers: Object.fromEntries(headers) };
}

/** A port that speaks TLS cuts what does not. */
function isCutOnPlainPort(history: History, name: string): boolean {
  const connection = connectionNamed(history, name);
  if (connection?.request?.url.startsWith('ws:') !== true) return false;
  return refusalOfConnection(connection, history)?.code === 'unreachable';
}

function variationsOf(attempt: TriedConnection): readonly (readonly [ProbeName, TriedConnection])[] {
  const { carrier, headers } = attempt;
  const byHeader = [AFTERWARDS.byHeader, { ...attempt, carrier: 'header' }] as const;
  const bySubprotocol = [AFTERWARDS.bySubprotocol, { ...attempt, carrier: 'subprotocol' }] as const;
  const plain = [AFTERWARDS.withoutE2eHeaders, { ...attempt, headers: {} }] as const;
  return [carrier === 'header' ? bySubprotocol : byHeader, ...(Object.keys(headers).length > 0 ? [plain] : [])];
}

async function retry(context: RetryContext, name: ProbeName, attempt: TriedConnection): Promise<Probe> {
  const start = monotonicMs();
  const url = context.target.websocketUrl;
  const history = await tryApart(context, name, attempt, (client) => client.decided());
  const change = name.replace('afterwards-', '').replaceAll('-', ' ');
  const probe = { kind: 'probe', name, target: `upgrade ${url}, ${change}` } as const;
  return { ...probe, durationMs: monotonicMs() - start, ...outcomeOf(history) };
}

/** Opens a connection as before, does something with it and closes it. What happened stays out of the history of the test, and is returned. */
export async function tryApart(
  { target, budgets }: Pick<RetryContext, 'target' | 'budgets'>,
  name: string,
  { identity, carrier, headers }: TriedConnection,
  act: (client: AgentClient) => Promise<unknown>,
): Promise<History> {
  const recorder = createRecorder({ clock: monotonicMs, redact: (text) => text });
  const user = { user: identity.userId, token: identity.token, credential: 'valid' };
  const client = await connect({ recorder, name, url: target.websocketUrl, ...user, carrier, headers, budgets });
  await act(client);
  await client.close();
  return recorder.history;
}

function outcomeOf(history: History): Pick<Probe, 'status' | 'body' | 'found' | 'error'> {
  const answer = firstOf(history, 'handshake-answer');
  if (history.some(isWelcome)) return { status: 101, found: 'accepted and welcomed' };
  if (answer !== undefined && answer.status !== 101) return { status: answer.status, body: answer.body ?? '' };
  const closed = firstOf(history, 'closed');
  if (closed !== undefined)
    return { found: `accepted, then closed with ${closed.code} ${JSON.stringify(closed.reason)}` };
  return { error: firstOf(history, 'refused')?.because ?? 'neither welcomed nor refused' };
}
