import type { Buffer } from 'node:buffer';
import { once } from 'node:events';
import { expect, test } from '@playwright/test';
import { startTwin } from '../../../src/twin/twin.ts';
import { opened, question, talkTo } from './talk.ts';
import type { Talk } from './talk.ts';

test('twin journal: per connection, it is what the client saw, in order', async () => {
  await using twin = await startTwin({ pace: { heartbeatIntervalMs: 15 } });
  const talks = [await talkTo(twin, 'e2e-anna0601-user'), await talkTo(twin, 'e2e-bert0601-user')];
  const seen = talks.map(({ socket }) => recording(socket));
  await Promise.all(talks.map(({ socket }) => once(socket, 'open')));
  const ports = talks.map(localPort);
  for (const { send, socket } of talks) {
    socket.ping('payload');
    send(question('hello', 'thread-1'));
  }
  await Promise.all(talks.map((each) => each.got('agent_completed')));
  await Promise.all(talks.map((each) => each.close()));
  const sent = ports.map((port) => twin.journal.of(port).flatMap(sentFrames));
  expect(sent).toEqual(seen);
});

test('twin journal: it names upgrades, refusals, what was received and HTTP', async () => {
  await using twin = await startTwin({ fault: 'upgrade-503@0.5', seed: 2 });
  for (let n = 0; n < 4; n++) {
    const each = await talkTo(twin, `anna06${n}2-user`);
    await Promise.race([once(each.socket, 'open'), each.ended]);
    each.socket.terminate();
  }
  await fetch(`${twin.url}/health`);
  const kinds = new Set(twin.journal.entries.map(({ kind }) => kind));
  expect([...kinds]).toEqual(expect.arrayContaining(['upgrade', 'refusal', 'fault', 'http']));
});

test('twin journal: the bounded mode keeps faults alone, and still counts them', async () => {
  await using twin = await startTwin({ fault: 'pong-twice', journal: 'faults' });
  const anna = await opened(talkTo(twin, 'e2e-anna0603-user'));
  anna.send({ type: 'ping' });
  await anna.got('pong', 2);
  expect(twin.journal.entries).toEqual([
    expect.objectContaining({ kind: 'fault', name: 'pong-twice', hit: 'pong', clientPort: localPort(anna) }),
  ]);
  expect(twin.journal.fired('pong-twice')).toBe(1);
});

function localPort({ socket }: Talk): number {
  const tcp: unknown = Reflect.get(socket, '_socket');
  return typeof tcp === 'object' && tcp !== null && 'localPort' in tcp ? Number(tcp.localPort) : 0;
}

function recording(socket: Talk['socket']): (readonly string[])[] {
  const seen: (readonly string[])[] = [];
  socket.on('message', (data: Buffer) => seen.push(['text', data.toString('utf8')]));
  socket.on('ping', (data) => seen.push(['ping', String(data)]));
  socket.on('pong', (data) => seen.push(['pong', String(data)]));
  socket.on('close', (code, reason) => seen.push(['close', `${code} ${String(reason)}`]));
  return seen;
}

type ExpectedEntry = ReturnType<Awaited<ReturnType<typeof startTwin>>['journal']['of']>[number];

function sentFrames(entry: ExpectedEntry): readonly (readonly string[])[] {
  if (entry.kind === 'text') return [['text', entry.text]];
  if (entry.kind === 'control' && entry.direction === 'sent') return [[entry.opcode, entry.payload]];
  return entry.kind === 'close' && entry.direction === 'sent' ? [['close', `${entry.code} ${entry.reason}`]] : [];
}
