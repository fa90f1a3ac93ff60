import { once } from 'node:events';
import { createServer, connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { expect, test } from '@playwright/test';
import { createOutflow } from '../../src/twin/wire/outflow.ts';
import { OPCODES, frameBytes } from '../../src/twin/wire/raw-frames.ts';
import { startTwin } from '../../src/twin/twin.ts';
import { upgradeByHand } from './twin-by-hand.ts';

test('twin wire: chunks arrive apart, in order, and what comes meanwhile waits', async () => {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const accepted = once(server, 'connection');
  const client = connect(portOf(server.address()), '127.0.0.1');
  const segments: string[] = [];
  client.on('data', (data) => segments.push(String(data)));
  const [tcp] = await accepted;
  const outflow = createOutflow(tcp);
  outflow.whenFree(() => outflow.write(['one', 'two', 'three'].map((text) => new TextEncoder().encode(text))));
  outflow.whenFree(() => tcp.end('four'));
  await once(client, 'end');
  server.close();
  expect(segments.slice(0, 2)).toEqual(['one', 'two']);
  expect(segments.join(' ').replace('three four', 'threefour')).toBe('one two threefour');
});

test('twin wire: the side that closes first, the server, ends the TCP connection when its close is answered', async () => {
  await using twin = await startTwin({ fault: 'close-1000-main-cleanup', pace: { settleMs: 0 } });
  const { tcp } = await upgradeByHand(twin, { allowHalfOpen: true });
  tcp.write(frameBytes({ opcode: OPCODES.close, payload: new Uint8Array([3, 232]), mask: [1, 2, 3, 4] }));
  await once(tcp.resume(), 'end');
  tcp.end();
  expect(twin.journal.entries.map(({ kind }) => kind)).toEqual(['upgrade', 'fault', 'close', 'close']);
});

function portOf(address: AddressInfo | string | null): number {
  return typeof address === 'object' && address !== null ? address.port : 0;
}
