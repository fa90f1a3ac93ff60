import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, test } from '@playwright/test';
import { startTwin } from '../../../src/twin/twin.ts';
import { opened, question, talk, talkTo } from './talk.ts';

test('twin lifecycle: close ends every socket with 1001, frees the port and may be called twice', async () => {
  const twin = await startTwin();
  const port = Number(new URL(twin.url).port);
  const talks = await Promise.all([
    opened(talkTo(twin, 'e2e-anna0301-user')),
    opened(talkTo(twin, 'e2e-bert0301-user')),
  ]);
  await fetch(`${twin.url}/health`);
  await Promise.all([twin.close(), twin.close()]);
  for (const { ended } of talks) expect(await ended).toEqual({ code: 1001, reason: 'Server shutting down' });
  const [error] = await once(connect(port, '127.0.0.1'), 'error');
  expect(error).toMatchObject({ code: 'ECONNREFUSED' });
});

test('twin lifecycle: close leaves no timer and no socket behind, late answers and hanging upgrades included', async () => {
  const held = (kind: RegExp): number => process.getActiveResourcesInfo().filter((name) => kind.test(name)).length;
  const [timers, sockets] = [held(/^Timeout$/), held(/^TCP/)];
  const [late, hanging] = [
    await startTwin({ fault: 'pong-late', pace: { lateMs: 60_000 } }),
    await startTwin({ fault: 'upgrade-hangs' }),
  ];
  const fired = Promise.all([late, hanging].map((twin) => new Promise((resolve) => twin.onFault(resolve))));
  const anna = await opened(talkTo(late, 'e2e-anna0302-user'));
  anna.send({ type: 'ping' });
  const bert = await talkTo(hanging, 'e2e-bert0302-user');
  await fired;
  expect(held(/^Timeout$/)).toBeGreaterThan(timers);
  await Promise.all([late.close(), hanging.close(), anna.ended, bert.ended]);
  expect(held(/^Timeout$/)).toBe(timers);
  await expect.poll(() => held(/^TCP/), { intervals: [1, 5, 20] }).toBe(sockets);
});

test('twin lifecycle: a client that vanishes is forgotten, with everything that it was still owed', async () => {
  await using twin = await startTwin({ fault: 'pong-late', pace: { lateMs: 60_000 } });
  const timers = (): number => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
  const open = async (): Promise<unknown> => (await fetch(`${twin.url}/ws/health`)).json();
  const fired = new Promise((resolve) => void twin.onFault(resolve));
  const before = timers();
  const anna = await opened(talkTo(twin, 'e2e-anna0305-user'));
  anna.send({ type: 'ping' });
  await fired;
  expect(await open()).toMatchObject({ metrics: { websocket: { active_connections: 1 } } });
  const held = timers();
  anna.socket.terminate();
  await expect.poll(open).toMatchObject({ metrics: { websocket: { active_connections: 0 } } });
  expect(held - timers()).toBe(2);
  expect(before).toBeLessThan(held);
});

test('twin lifecycle: two twins side by side share nothing', async () => {
  await using one = await startTwin({ fault: 'ignore-ping' });
  await using other = await startTwin();
  const [atOne, atOther] = [
    await opened(talkTo(one, 'e2e-anna0303-user')),
    await opened(talkTo(other, 'e2e-anna0303-user')),
  ];
  for (const { send } of [atOne, atOther]) {
    send({ type: 'ping' });
    send(question('hello', 'thread-1'));
  }
  await Promise.all([atOne.got('agent_completed'), atOther.got('agent_completed')]);
  expect([atOne, atOther].map(({ messages }) => messages().some(({ type }) => type === 'pong'))).toEqual([false, true]);
  expect([one.journal.fired('ignore-ping'), other.journal.fired('ignore-ping')]).toEqual([1, 0]);
  expect(one.jwtSecret).not.toBe(other.jwtSecret);
});

test('twin lifecycle: a token of one twin opens nothing at another', async () => {
  await using one = await startTwin();
  await using other = await startTwin();
  const { socket } = await talkTo({ ...one, websocketUrl: other.websocketUrl }, 'e2e-anna0304-user');
  expect(await talk(socket).ended).toEqual({ code: 1008, reason: 'SSOT Auth failed' });
});

test('twin lifecycle: the port can be chosen', async () => {
  const free = await startTwin();
  const port = Number(new URL(free.url).port);
  await free.close();
  await using twin = await startTwin({ port });
  expect(twin.url).toBe(`http://127.0.0.1:${port}`);
});
