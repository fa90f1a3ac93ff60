import { once } from 'node:events';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import type { Twin } from '../../../src/twin/twin.ts';
import { tokenFor } from './talk.ts';

/** A connection without a WebSocket library. */
export interface ByHand {
  readonly tcp: Socket;
  /** What came first. */
  readonly segment: string;
}

/** Writes an upgrade request with a valid token on a bare TCP connection, and waits for the first bytes. */
export async function upgradeByHand(twin: Twin, options: { readonly allowHalfOpen?: boolean } = {}): Promise<ByHand> {
  const tcp = connect({ ...options, port: Number(new URL(twin.url).port), host: '127.0.0.1' });
  const segment = once(tcp, 'data');
  tcp.write(upgradeRequest(await tokenFor(twin, 'e2e-anna0802-user')));
  return { tcp, segment: String(await segment) };
}

function upgradeRequest(token: string): string {
  return [
    'GET /ws HTTP/1.1',
    'Host: twin',
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    `Authorization: Bearer ${token}`,
    '',
    '',
  ].join('\r\n');
}
