import { createHmac, randomUUID } from 'node:crypto';
import pLimit from 'p-limit';
import WebSocket from 'ws';
import type { RawData } from 'ws';
import { claimsOf } from '../src/client/identities/mint.ts';
import { e2eHeaders } from '../src/protocol/e2e-headers.ts';

const HEADER = Buffer.from('{"alg":"HS256","typ":"JWT"}').toString('base64url');

/** What anybody would write by hand: token, connect, welcome, ping, run, close; nothing kept, nothing judged. */
export async function bareLoop(
  { websocketUrl, jwtSecret }: { readonly websocketUrl: string; readonly jwtSecret: string },
  { from, count, atOnce }: { readonly from: number; readonly count: number; readonly atOnce: number },
): Promise<number> {
  let completed = 0;
  const numbers = Array.from({ length: count }, (_, offset) => from + offset);
  await pLimit(atOnce).map(numbers, async (number) => {
    const user = `b${number.toString(36).padStart(6, '0')}-user`;
    if (await scenario(websocketUrl, user, tokenOf(jwtSecret, user))) completed += 1;
  });
  return completed;
}

/** HS256 by node:crypto, the cheapest way to a token of one's own. */
export function tokenOf(secret: string, userId: string): string {
  const claims = claimsOf({ userId, nowS: Date.now() / 1000, ttlS: 900, jti: randomUUID() });
  const body = `${HEADER}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}`;
  return `${body}.${createHmac('sha256', secret).update(body).digest('base64url')}`;
}

/** Opens a socket with the same headers and subprotocols as the harness. */
export function openBare(url: string, user: string, token: string): WebSocket {
  const headers = {
    ...e2eHeaders({ environment: 'staging', session: 'bench', userId: user }),
    Authorization: `Bearer ${token}`,
  };
  return new WebSocket(url, ['jwt-auth', `jwt.${Buffer.from(token).toString('base64url')}`], {
    headers,
    perMessageDeflate: false,
  });
}

/** The text of a message; `ws` gives one buffer by default. */
export function textOf(data: RawData): string {
  return Buffer.isBuffer(data) ? data.toString('utf8') : '';
}

function scenario(url: string, user: string, token: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = openBare(url, user, token);
    let done = false;
    socket.on('message', (data) => {
      const message = JSON.parse(textOf(data));
      switch (message.type) {
        case 'ping':
          return socket.send(JSON.stringify({ type: 'pong', timestamp: Date.now() }));
        case 'system_message':
          return socket.send(JSON.stringify({ type: 'ping', timestamp: Date.now(), message_id: randomUUID() }));
        case 'pong':
          return socket.send(requestText());
        case 'agent_completed':
          done = true;
          return socket.close(1000);
      }
    });
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(done));
  });
}

/** A request to an agent, as the harness words it. */
export function requestText(): string {
  const id = randomUUID();
  const content = `Use your cost analysis tool on the last thirty days of model usage. (nonce-${id.replaceAll('-', '')})`;
  const body = { content, message: content, thread_id: `thread-${id}`, run_id: `run-${id}` };
  return JSON.stringify({ type: 'user_message', ...body, payload: body, timestamp: Date.now() / 1000, message_id: id });
}
