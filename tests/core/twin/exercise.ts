import { once } from 'node:events';
import { WebSocket } from 'ws';
import { ENDPOINTS } from '../../../src/checks/endpoint.ts';
import { BAD_TOKEN_KINDS, forge } from '../../../src/client/identities/bad-tokens.ts';
import type { Fault } from '../../../src/twin/catalogue/fault.ts';
import type { Twin } from '../../../src/twin/twin.ts';
import { carry } from '../../../src/client/connect.ts';
import { LARGE_REQUEST_CHARACTERS } from '../../../src/protocol/client-promises.ts';
import { question, talk, talkTo, tokenFor } from './talk.ts';
import type { Talk } from './talk.ts';

const E2E = { headers: { 'X-E2E-Test': 'true', 'X-Test-Type': 'E2E' } };

/**
 * Does everything that a fault may be waiting for. Waits for the answers to upgrades only, and no longer than `enough`
 * takes.
 */
export async function exercise(twin: Twin, { http, handshake }: Fault, enough: Promise<unknown>): Promise<void> {
  if (http !== undefined) await Promise.race([visitEndpoints(twin), enough]);
  for (const [user, options] of CLIENTS) {
    const talking = await talkTo(twin, user, options);
    talking.socket.once('open', () => converse(talking));
    await Promise.race([once(talking.socket, 'open').catch(() => {}), talking.ended, enough]);
  }
  if (handshake !== undefined) await presentBadTokens(twin);
  if (handshake !== undefined) await offerSubprotocols(twin);
  const leaving = await talkTo(twin, 'e2e-carl-of-the-twin');
  leaving.socket.once('open', () => leaving.socket.close(1000));
  await Promise.race([leaving.ended, enough]);
  const returning = await talkTo(twin, 'e2e-carl-of-the-twin');
  returning.socket.once('open', () => returning.send(question('again', 'thread-1')));
}

async function visitEndpoints(twin: Twin): Promise<void> {
  const paths = Object.values(ENDPOINTS).map(({ path }) => path);
  await Promise.allSettled(paths.map((path) => fetch(twin.url + path)));
  await fetch(`${twin.url}/auth/e2e/test-auth`, { method: 'POST' });
  const headers = { authorization: `Bearer ${await tokenFor(twin, 'e2e-gina-of-the-twin')}` };
  await fetch(`${twin.url}/api/threads`, { method: 'POST', headers });
}

const CLIENTS = [
  ['0be70001-0000-4000-8000-000000000000', E2E],
  ['e2e-anna-of-the-twin', E2E],
  ['e2e-anna-of-the-twin', {}],
] as const;

function converse({ socket, send }: Talk): void {
  for (const type of ['handshake_acknowledged', 'ping', 'heartbeat', 'unheard_of', 'session_restore', 'stop_agent'])
    send({ type });
  socket.ping();
  for (const text of ['{ not json', '["ping"]', 'x'.repeat(9000)]) socket.send(text);
  send(question('first', 'thread-1'));
  send(question('second', 'thread-2'));
  send(question('x'.repeat(LARGE_REQUEST_CHARACTERS), 'thread-3'));
}

async function offerSubprotocols(twin: Twin): Promise<void> {
  const { subprotocols } = carry(await tokenFor(twin, 'e2e-emma-of-the-twin'), 'subprotocol');
  talk(new WebSocket(twin.websocketUrl, [...subprotocols]));
}

async function presentBadTokens(twin: Twin): Promise<void> {
  const nowS = Math.floor(Date.now() / 1000);
  for (const kind of BAD_TOKEN_KINDS) {
    const forged = await forge(kind, { secret: twin.jwtSecret, userId: 'e2e-dora-of-the-twin', nowS });
    const token = 'token' in forged ? forged.token : undefined;
    const headers = { ...E2E.headers, ...(token !== undefined && { authorization: `Bearer ${token}` }) };
    talk(new WebSocket(twin.websocketUrl, { headers }));
  }
}
