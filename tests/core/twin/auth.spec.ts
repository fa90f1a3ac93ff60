import { Buffer } from 'node:buffer';
import { expect, test } from '@playwright/test';
import { WebSocket } from 'ws';
import { z } from 'zod';
import { BAD_TOKEN_KINDS, forge } from '../../../src/client/identities/bad-tokens.ts';
import { startTwin } from '../../../src/twin/twin.ts';
import { opened, talk, tokenFor } from './talk.ts';

const EXCHANGED = z.object({ access_token: z.string(), user: z.object({ id: z.string() }) });

const CODES: Readonly<Record<string, string>> = {
  'no-token': 'NO_TOKEN',
  malformed: 'INVALID_FORMAT',
  expired: 'TOKEN_EXPIRED',
};

for (const kind of BAD_TOKEN_KINDS) {
  test(`twin auth: ${kind} is refused with an error frame and 1008, and over HTTP too`, async () => {
    await using twin = await startTwin();
    const nowS = Math.floor(Date.now() / 1000);
    const forged = await forge(kind, { secret: twin.jwtSecret, userId: 'e2e-anna0101-user', nowS });
    const token = 'token' in forged ? forged.token : undefined;
    const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
    const anna = talk(new WebSocket(twin.websocketUrl, { headers }));
    expect(await anna.ended).toEqual({ code: 1008, reason: 'SSOT Auth failed' });
    const code = CODES[kind] ?? 'VALIDATION_FAILED';
    expect(anna.messages()).toEqual([
      expect.objectContaining({ type: 'error_message', error_code: code, recovery_suggestions: null }),
    ]);
    const { status } = await fetch(`${twin.url}/api/threads`, { headers });
    expect(status).toBe(kind === 'no-token' ? 403 : 401);
  });
}

test('twin auth: the text of the refusal names the flaw that was found', async () => {
  await using twin = await startTwin();
  const nowS = Math.floor(Date.now() / 1000);
  const texts: string[] = [];
  for (const kind of BAD_TOKEN_KINDS.slice(1)) {
    const forged = await forge(kind, { secret: twin.jwtSecret, userId: 'e2e-anna0102-user', nowS });
    const token = 'token' in forged ? forged.token : undefined;
    const anna = talk(new WebSocket(twin.websocketUrl, { headers: { authorization: `Bearer ${token ?? ''}` } }));
    await anna.ended;
    texts.push(String(anna.messages()[0]?.['error_message']));
  }
  expect(texts).toEqual(BAD_TOKEN_KINDS.slice(1).map((kind) => `Token validation failed: ${kind}`));
});

test('twin auth: a token is found in the header, the subprotocol and the query', async () => {
  await using twin = await startTwin();
  const token = await tokenFor(twin, 'e2e-anna0104-user');
  const encoded = `jwt.${Buffer.from(token).toString('base64url')}`;
  const { websocketUrl } = twin;
  const ways = [
    new WebSocket(websocketUrl, { headers: { authorization: `Bearer ${token}` } }),
    new WebSocket(websocketUrl, ['jwt-auth', encoded]),
    new WebSocket(`${websocketUrl}?token=${token}`),
  ].map(talk);
  for (const way of ways) await way.got('system_message');
  expect(ways.map(({ socket }) => socket.protocol)).toEqual(['', 'jwt-auth', '']);
});

test('twin auth: jwt-auth is not selected when only the token was offered', async () => {
  await using twin = await startTwin();
  const encoded = `jwt.${Buffer.from(await tokenFor(twin, 'e2e-anna0105-user')).toString('base64url')}`;
  const socket = new WebSocket(twin.websocketUrl, [encoded]);
  const failure = new Promise<string>((resolve) => socket.on('error', ({ message }) => resolve(message)));
  expect(await failure).toBe('Server sent no subprotocol');
});

test('twin auth: an unknown path is answered with HTTP 403, whatever the token', async () => {
  await using twin = await startTwin();
  const headers = { authorization: `Bearer ${await tokenFor(twin, 'e2e-anna0106-user')}` };
  const socket = new WebSocket(`${twin.websocketUrl}/nowhere`, { headers });
  const answer = new Promise<unknown>((resolve) =>
    socket.on('unexpected-response', (_request, { statusCode, headers: { date } }) =>
      resolve([statusCode, typeof date]),
    ),
  );
  socket.on('error', () => {});
  expect(await answer).toEqual([403, 'string']);
});

test('twin auth: an exchanged token opens a connection of the user that the exchange named', async () => {
  await using twin = await startTwin();
  const answer = await fetch(`${twin.url}/auth/e2e/test-auth`, {
    method: 'POST',
    headers: { 'X-E2E-Bypass-Key': twin.simulationKey, 'Content-Type': 'application/json' },
    body: JSON.stringify({ email: 'bert@example.test' }),
  });
  const { access_token: token, user } = EXCHANGED.parse(await answer.json());
  const bert = await opened(
    Promise.resolve(talk(new WebSocket(twin.websocketUrl, { headers: { authorization: `Bearer ${token}` } }))),
  );
  await bert.got('system_message');
  expect(user.id).toBe('e2e-bert');
  expect(bert.messages()[1]).toMatchObject({ data: { user_id: 'e2e-bert' } });
});
