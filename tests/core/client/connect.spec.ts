import { expect, test } from '@playwright/test';
import { WebSocketServer } from 'ws';
import { closing } from '../../../src/checks/closing.ts';
import { handshake } from '../../../src/checks/handshake.ts';
import { welcome } from '../../../src/checks/welcome.ts';
import { wellFormed } from '../../../src/checks/well-formed.ts';
import { bareClient } from './bare-client.ts';
import { BUDGETS } from '../histories/budgets.ts';
import { codesOf } from '../checks/judges-to.ts';
import { deadPort, loopbackServer } from '../../child-runs/loopback-server.ts';

const url = (port: number): string => `ws://127.0.0.1:${port}/ws`;

test('client: a port where nothing listens is recorded as such', async () => {
  const { history } = await bareClient(url(await deadPort()));
  expect(codesOf(handshake()(history))).toBe('tcp-failed');
});

test('client: an HTTP server without WebSocket is recorded as such', async () => {
  await using target = await loopbackServer((server) => server.on('request', (_, response) => response.end('hello')));
  const { history } = await bareClient(url(target.port));
  expect(codesOf(handshake()(history))).toBe('upgrade-ignored');
  expect(history.find(({ kind }) => kind === 'handshake-answer')).toMatchObject({ status: 200, body: 'hello' });
});

test('client: a server that never answers the upgrade is recorded as such', async () => {
  await using target = await loopbackServer((server) => server.on('upgrade', () => undefined));
  const { history } = await bareClient(url(target.port));
  expect(codesOf(handshake()(history))).toBe('upgrade-unanswered');
});

test('client: a refusal whose body never ends is still recorded', async () => {
  await using target = await loopbackServer((server) =>
    server.on(
      'request',
      (_, response) => void response.writeHead(403, { 'content-length': 1000 }).write('Forbidden by'),
    ),
  );
  const { history } = await bareClient(url(target.port));
  expect(codesOf(handshake()(history))).toBe('token-refused');
  expect(history.find(({ kind }) => kind === 'handshake-answer')).toMatchObject({ status: 403, body: 'Forbidden by' });
});

test('client: a server that accepts and stays silent is recorded as such', async () => {
  await using target = await loopbackServer((server) => void new WebSocketServer({ server }));
  const { client, history } = await bareClient(url(target.port));
  const ending = await client.welcomed();
  await client.close();
  expect(ending).toMatchObject({ by: 'deadline', limit: 'total' });
  expect([codesOf(handshake()(history)), codesOf(welcome(BUDGETS)(history))]).toEqual(['holds', 'welcome-missing']);
});

test('client: a server that closes with 1011 is recorded as such, with the age of the connection', async () => {
  await using target = await loopbackServer((server) =>
    new WebSocketServer({ server }).on('connection', (socket) => socket.close(1011, 'Internal error')),
  );
  const { client, history } = await bareClient(url(target.port));
  const ending = await client.welcomed();
  const verdict = welcome(BUDGETS)(history);
  expect(ending.by).toBe('close');
  expect(codesOf(verdict)).toBe('closed-before-welcome');
  expect(verdict.because).toMatch(
    /after 0 frames: the server closed with 1011 "Internal error" \d+ ms after it opened/,
  );
});

test('client: verbs on a connection that was refused end at once and record nothing', async () => {
  const { client, history } = await bareClient(url(await deadPort()));
  const before = history.length;
  const endings = [await client.welcomed(), await client.ping()];
  client.ask('anything');
  await client.settled();
  await client.close();
  expect(endings.map(({ by }) => by)).toEqual(['error', 'error']);
  expect(history.length).toBe(before);
});

test('client: a connection that is flooded is cut, and the history says how much came and what was kept', async () => {
  await using target = await loopbackServer((server) =>
    new WebSocketServer({ server }).on('connection', (socket) => {
      for (let sent = 0; sent < 3 * BUDGETS.mostFrames; sent += 1) socket.send('{"type":"system_message"}');
    }),
  );
  const { client, history } = await bareClient(url(target.port));
  await client.decided();
  await client.close();
  const flooded = history.find(({ kind }) => kind === 'flooded');
  expect(flooded).toMatchObject({ limit: 'frames', frames: BUDGETS.mostFrames, bytes: 25 * BUDGETS.mostFrames });
  expect(history.filter(({ kind }) => kind === 'received')).toHaveLength(BUDGETS.mostFrames);
  expect([codesOf(wellFormed()(history)), codesOf(closing()(history))]).toEqual(['flooded', 'unknown: not-served']);
});

test('client: messages that are larger together than a connection may receive end it', async () => {
  await using target = await loopbackServer((server) =>
    new WebSocketServer({ server, perMessageDeflate: true }).on('connection', (socket) => {
      for (let sent = 0; sent < 20; sent += 1) socket.send(`"${'x'.repeat(BUDGETS.mostBytes / 4)}"`);
    }),
  );
  const { client, history } = await bareClient(url(target.port));
  await client.decided();
  await client.close();
  expect(history.find(({ kind }) => kind === 'flooded')).toMatchObject({ limit: 'bytes', frames: 3 });
});
