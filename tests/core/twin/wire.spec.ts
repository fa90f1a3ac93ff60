import { once } from 'node:events';
import { createServer, connect } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { expect, test } from '@playwright/test';
import { createOutflow } from '../../../src/twin/server/wire.ts';
import { OPCODES, frameBytes } from '../../../src/twin/behaviour/raw-frames.ts';
import { startTwin } from '../../../src/twin/twin.ts';
import { upgradeByHand } from './by-hand.ts';

test('twin wire: chunks arrive apart, in order, and what comes meanwhile waits', async () => {
  const { server, client, tcp } = await tcpPair();
  const segments: string[] = [];
  client.on('data', (data) => segments.push(String(data)));
  const outflow = createOutflow(tcp);
  outflow.whenFree(() => outflow.write(['one', 'two', 'three'].map((text) => new TextEncoder().encode(text))));
  outflow.whenFree(() => tcp.end('four'));
  await once(client, 'end');
  server.close();
  expect(segments.slice(0, 2)).toEqual(['one', 'two']);
  expect(segments.join(' ').replace('three four', 'threefour')).toBe('one two threefour');
});

test('twin wire: in one segment, frames of one moment are written at once, and those of the next apart', async () => {
  const { server, client, tcp } = await tcpPair();
  const written: number[] = [];
  const writev = tcp._writev?.bind(tcp);
  tcp._writev = (chunks, done) => {
    written.push(chunks.length);
    writev?.(chunks, done);
  };
  const outflow = createOutflow(tcp, true);
  for (const text of ['one', 'two', 'three']) outflow.whenFree(() => tcp.write(text));
  await nextMoment();
  for (const text of ['four', 'five']) outflow.whenFree(() => tcp.write(text));
  await nextMoment();
  tcp.end();
  await once(client.resume(), 'end');
  server.close();
  expect(written).toEqual([3, 2]);
});

test('twin wire: the side that closes first, the server, ends the TCP connection when its close is answered', async () => {
  await using twin = await startTwin({ fault: 'close-1000-main-cleanup', pace: { settleMs: 0 } });
  const { tcp } = await upgradeByHand(twin, { allowHalfOpen: true });
  tcp.write(frameBytes({ opcode: OPCODES.close, payload: new Uint8Array([3, 232]), mask: [1, 2, 3, 4] }));
  await once(tcp.resume(), 'end');
  tcp.end();
  expect(twin.journal.entries.map(({ kind }) => kind)).toEqual(['upgrade', 'fault', 'close', 'close']);
});

function nextMoment(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

async function tcpPair(): Promise<{ readonly server: Server; readonly client: Socket; readonly tcp: Socket }> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const accepted = once(server, 'connection');
  const client = connect(portOf(server.address()), '127.0.0.1');
  const [tcp] = await accepted;
  return { server, client, tcp };
}

function portOf(address: AddressInfo | string | null): number {
  return typeof address === 'object' && address !== null ? address.port : 0;
}
