import { once } from 'node:events';
import { createServer, connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { expect, test } from '@playwright/test';
import { createOutflow } from '../../src/twin/outflow.ts';

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

function portOf(address: AddressInfo | string | null): number {
  return typeof address === 'object' && address !== null ? address.port : 0;
}
