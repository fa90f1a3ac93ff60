import { Buffer } from 'node:buffer';
import { expect, test } from '@playwright/test';
import { SignJWT } from 'jose';
import { WebSocket } from 'ws';
import { AGENT_EVENTS } from '../../../src/protocol/agent-events.ts';
import type { JsonObject } from '../../../src/protocol/fields.ts';
import { isJsonObject } from '../../../src/protocol/fields.ts';
import type { Twin } from '../../../src/twin/twin.ts';
import { startTwin } from '../../../src/twin/twin.ts';
import type { Talk } from './talk.ts';
import { opened, question, talk, talkTo, tokenFor } from './talk.ts';

/*
 * The twin as the product's own clients meet it: each test sends and expects what the browser client, or the command-line
 * client of October 2025, sends and expects (protocol notes §12, §13). The code of these clients is not used.
 */

const AT_ONCE = { betweenEventsMs: 0 };

/** The subprotocols of the command-line client: raw tokens, first with the name of an environment, then without. */
function offerOfCommandLine(token: string): string[] {
  return [
    ...['jwt', 'jwt-auth', 'bearer'].map((prefix) => `${prefix}.staging.${token}`),
    ...['staging-auth', 'jwt', 'jwt-auth', 'bearer'].map((prefix) => `${prefix}.${token}`),
  ];
}

/** The subprotocols of the browser client. */
function offerOfBrowser(token: string): string[] {
  return ['jwt-auth', `jwt.${Buffer.from(token).toString('base64url')}`];
}

async function connectWith(twin: Twin, user: string, offer: (token: string) => string[]): Promise<Talk> {
  return talk(new WebSocket(twin.websocketUrl, offer(await tokenFor(twin, user))));
}

const types = ({ messages }: Talk): readonly unknown[] => messages().map(({ type }) => type);

for (const at of [0, 1, 2, 3, 4, 5, 6]) {
  test(`product clients: 2025-10 understands subprotocol ${at + 1} of the command-line client, and selects it`, async () => {
    await using twin = await startTwin({ profile: '2025-10' });
    const cli = await connectWith(twin, 'e2e-anna1101-user', (token) => offerOfCommandLine(token).slice(at, at + 1));
    await cli.got('handshake_response');
    expect(cli.socket.protocol).toMatch(/^(?:jwt|jwt-auth|bearer|staging-auth)\./);
  });
}

test('product clients: the command-line client gets handshake_complete as the one frame after its acknowledgement', async () => {
  await using twin = await startTwin({ profile: '2025-10' });
  const cli = await connectWith(twin, 'e2e-anna1102-user', offerOfCommandLine);
  await cli.got('handshake_response');
  cli.send({ type: 'ping' });
  await cli.got('pong');
  const before = ['connection_established', 'handshake_response', 'pong'];
  expect(types(cli)).toEqual(before);
  cli.send({ type: 'handshake_acknowledged', thread_id: cli.messages()[1]?.['thread_id'] });
  await cli.got('handshake_complete');
  expect(types(cli)).toEqual([...before, 'handshake_complete']);
});

test('product clients: with the welcome last, the command-line client gets response, complete, welcome, and then its run', async () => {
  await using twin = await startTwin({ profile: '2025-10/welcome-last', pace: AT_ONCE });
  const cli = await opened(connectWith(twin, 'e2e-anna1103-user', offerOfCommandLine));
  cli.send({ type: 'user_message', payload: { content: 'hello', thread_id: 'thread-1' } });
  await cli.got('handshake_response');
  expect(types(cli)).toEqual(['handshake_response']);
  cli.send({ type: 'handshake_acknowledged', thread_id: cli.messages()[0]?.['thread_id'] });
  await cli.got('system_message', 5);
  expect(types(cli).slice(0, 3)).toEqual(['handshake_response', 'handshake_complete', 'connection_established']);
});

test('product clients: a browser that acknowledges nothing is served by 2025-10 all the same', async () => {
  await using twin = await startTwin({ profile: '2025-10', pace: AT_ONCE });
  const browser = await opened(connectWith(twin, 'e2e-anna1104-user', offerOfBrowser));
  browser.send({ type: 'start_agent', payload: { user_request: 'hello', thread_id: null } });
  await browser.got('system_message', 5);
  expect(browser.messages().at(-1)).toMatchObject({ event: 'agent_completed' });
});

/** Where the browser client reads: `payload`, or `data` where there is no payload. */
function bodyIn(talking: Talk, type: string): JsonObject {
  const message = talking.messages().findLast((each) => each['type'] === type);
  const body = message?.['payload'] ?? message?.['data'];
  return isJsonObject(body) ? body : {};
}

for (const profile of ['beta-9/events-b', 'beta-9/events-d']) {
  test(`product clients: ${profile} puts answer, status and duration where the bridge does`, async () => {
    await using twin = await startTwin({ profile, pace: AT_ONCE });
    const browser = await opened(connectWith(twin, 'e2e-anna1105-user', offerOfBrowser));
    browser.send(question('hello', 'thread-1'));
    await browser.got('agent_completed');
    expect(bodyIn(browser, 'agent_completed')).toMatchObject({
      result: { final_response: expect.stringContaining('hello') },
      status: 'completed',
      execution_time_ms: expect.any(Number),
    });
    expect(bodyIn(browser, 'agent_completed')).not.toHaveProperty('final_response');
    expect(bodyIn(browser, 'tool_completed')).toMatchObject({
      tool_name: 'cost_analyzer',
      status: 'completed',
      execution_time_ms: expect.any(Number),
    });
    expect(
      ['agent_started', 'agent_thinking', 'tool_executing'].map((type) => bodyIn(browser, type)['status']),
    ).toEqual(['started', 'thinking', 'executing']);
  });
}

test('product clients: the browser client finds answer, tool name and thought of a run of beta-9', async () => {
  await using twin = await startTwin({ pace: AT_ONCE });
  const browser = await opened(connectWith(twin, 'e2e-anna1106-user', offerOfBrowser));
  browser.send({ type: 'start_agent', payload: { user_request: 'hello', thread_id: null, context: {}, settings: {} } });
  await browser.got('agent_completed', 2);
  expect(bodyIn(browser, 'thread_created')['thread_id']).toMatch(/^thread_session_/);
  expect(bodyIn(browser, 'agent_thinking')['reasoning']).toBe('Looking at costs');
  expect(bodyIn(browser, 'tool_executing')['tool_name']).toBe('cost_analysis');
  expect(browser.messages().find(({ type }) => type === 'agent_completed')?.['payload']).toMatchObject({
    result: { final_response: expect.stringContaining('hello') },
  });
});

/** A token with the claims of the product's own tests, and others. */
async function tokenWith({ jwtSecret }: Twin, claims: JsonObject): Promise<string> {
  const nowS = Math.floor(Date.now() / 1000);
  const usual = { sub: 'e2e-anna1107-user', iss: 'netra-auth-service', jti: 'test-1', iat: nowS, exp: nowS + 1800 };
  const token = new SignJWT({ ...usual, type: 'access', ...claims }).setProtectedHeader({ alg: 'HS256' });
  return token.sign(new TextEncoder().encode(jwtSecret));
}

test('product clients: a token without aud is accepted, one without token_type is not', async () => {
  await using twin = await startTwin();
  const [withType, withoutType] = await Promise.all(
    [{ token_type: 'access' }, {}].map(async (claims) => {
      const authorization = `Bearer ${await tokenWith(twin, claims)}`;
      return talk(new WebSocket(twin.websocketUrl, { headers: { authorization } }));
    }),
  );
  await withType?.got('system_message');
  expect(await withoutType?.ended).toEqual({ code: 1008, reason: 'SSOT Auth failed' });
});

for (const type of ['start_agent', 'execute_agent']) {
  test(`product clients: ${type} of beta-9 runs for user_request, and for no other text`, async () => {
    await using twin = await startTwin({ pace: AT_ONCE });
    const browser = await opened(talkTo(twin, 'e2e-anna1108-user'));
    for (const field of ['content', 'message', 'text', 'query']) browser.send({ type, payload: { [field]: 'hello' } });
    browser.send({ type, payload: { user_request: 'hello' } });
    await browser.got('agent_completed', 2);
    expect(types(browser).filter((each) => each === 'thread_created')).toHaveLength(1);
  });
}

test('product clients: execute_agent of beta-14, as intended, runs for content', async () => {
  await using twin = await startTwin({ profile: 'beta-14/intended', pace: AT_ONCE });
  const client = await opened(talkTo(twin, 'e2e-anna1109-user'));
  client.send({ type: 'execute_agent', content: 'hello', message: 'hello' });
  await client.got('agent_completed');
  expect(types(client).slice(-5)).toEqual([...AGENT_EVENTS]);
});

test('product clients: the auth service says that it is healthy', async () => {
  await using twin = await startTwin();
  const answer = await fetch(`${twin.url}/auth/health`);
  expect([answer.status, await answer.json()]).toEqual([200, expect.objectContaining({ status: 'healthy' })]);
});

/** What a client makes of an offer, and what was selected. */
async function negotiated(profile: string, offer: (token: string) => string[]): Promise<string> {
  await using twin = await startTwin({ profile });
  const { socket } = await connectWith(twin, 'e2e-anna1110-user', offer);
  const result = await new Promise<string>((resolve) => {
    socket.once('open', () => resolve(`opens with ${socket.protocol.split('.')[0]}`));
    socket.once('error', ({ message }) => resolve(message));
  });
  return result;
}

const TOKEN_ALONE = (token: string): string[] => offerOfBrowser(token).slice(1);

const NEGOTIATIONS = [
  ['beta-9', 'jwt-auth and the token', offerOfBrowser, 'opens with jwt-auth'],
  ['beta-9', 'the token alone', TOKEN_ALONE, 'Server sent no subprotocol'],
  ['beta-12', 'jwt-auth and the token', offerOfBrowser, 'opens with jwt-auth'],
  ['beta-12', 'the token alone', TOKEN_ALONE, 'Server sent an invalid subprotocol'],
  ['beta-14', 'the token alone', TOKEN_ALONE, 'opens with jwt'],
  ['2025-10', 'the token alone', TOKEN_ALONE, 'opens with jwt'],
] as const;

for (const [profile, offer, offers, result] of NEGOTIATIONS) {
  test(`product clients: where ${profile} is offered ${offer}, the client says: ${result}`, async () => {
    expect(await negotiated(profile, offers)).toBe(result);
  });
}

test('product clients: a browser that never answers the pings of the server is served all the same', async () => {
  await using twin = await startTwin({ pace: { ...AT_ONCE, heartbeatIntervalMs: 5 } });
  const browser = await opened(connectWith(twin, 'e2e-anna1111-user', offerOfBrowser));
  await browser.got('ping', 4);
  browser.send(question('hello', 'thread-1'));
  await browser.got('agent_completed', 2);
  expect(browser.socket.readyState).toBe(WebSocket.OPEN);
});

test('product clients: a request that is sent at open is served after the welcome', async () => {
  await using twin = await startTwin({ pace: AT_ONCE });
  const browser = await connectWith(twin, 'e2e-anna1112-user', offerOfBrowser);
  browser.socket.once('open', () => browser.send(question('hello', 'thread-1')));
  await browser.got('agent_completed', 2);
  expect(types(browser).slice(0, 4)).toEqual(['handshake_validation', 'system_message', 'ping', 'thread_created']);
});

test('product clients: a refreshed token opens a new connection of the same user, and a run', async () => {
  await using twin = await startTwin({ pace: AT_ONCE });
  const first = await opened(connectWith(twin, 'e2e-anna1113-user', offerOfBrowser));
  first.socket.close(1000, 'Token refresh');
  expect(await first.ended).toEqual({ code: 1000, reason: 'Token refresh' });
  const second = await opened(connectWith(twin, 'e2e-anna1113-user', offerOfBrowser));
  second.send(question('hello', 'thread-1'));
  await second.got('agent_completed', 2);
});

test('product clients: an untyped frame comes from no version by default', async () => {
  for (const profile of ['beta-9', 'beta-12', 'beta-14', '2025-10']) {
    await using twin = await startTwin({ profile, pace: AT_ONCE });
    const browser = await opened(connectWith(twin, 'e2e-anna1114-user', offerOfBrowser));
    browser.socket.send('{ not json');
    await browser.got('error_message');
    expect(browser.messages().filter(({ type }) => typeof type !== 'string')).toEqual([]);
  }
});

const STOPS = { type: 'stop_agent', payload: { thread_id: 'thread-1' } };

test('product clients: stop_agent ends a run where the version can be stopped, and beta-9 only acknowledges it after the run', async () => {
  const seen: Record<string, readonly unknown[]> = {};
  for (const profile of ['beta-9', 'beta-9/stoppable']) {
    await using twin = await startTwin({ profile, pace: { betweenEventsMs: 20, heartbeatIntervalMs: 250 } });
    const browser = await opened(connectWith(twin, 'e2e-anna1115-user', offerOfBrowser));
    browser.send(question('hello', 'thread-1'));
    await browser.got('agent_thinking');
    browser.send(STOPS);
    await browser.got('ack');
    await browser.got('ping', 2);
    seen[profile] = types(browser)
      .filter((type) => type !== 'ping')
      .slice(-2);
  }
  expect(seen).toEqual({ 'beta-9': ['agent_completed', 'ack'], 'beta-9/stoppable': ['agent_thinking', 'ack'] });
});

test('product clients: session_restore is answered', async () => {
  await using twin = await startTwin();
  const browser = await opened(connectWith(twin, 'e2e-anna1116-user', offerOfBrowser));
  browser.send({ type: 'session_restore', payload: { thread_id: 'thread-1' } });
  await browser.got('ack');
  expect(browser.messages().at(-1)).toMatchObject({ received_type: 'session_restore', status: 'acknowledged' });
});

const LARGE = 'x'.repeat(300_000);

test('product clients: a request and an answer of 300,000 bytes pass where large messages are known, and beta-9 drops the request', async () => {
  for (const profile of ['beta-9/large-messages', '2025-10']) {
    await using twin = await startTwin({ profile, pace: AT_ONCE });
    const browser = await opened(connectWith(twin, 'e2e-anna1117-user', offerOfBrowser));
    browser.send(question(LARGE, 'thread-1'));
    await (profile === '2025-10' ? browser.got('system_message', 5) : browser.got('agent_completed', 2));
    expect(browser.texts.filter((text) => text.includes(LARGE)).length).toBeGreaterThan(0);
  }
  await using twin = await startTwin({ pace: AT_ONCE });
  const browser = await opened(connectWith(twin, 'e2e-anna1118-user', offerOfBrowser));
  browser.send(question(LARGE, 'thread-1'));
  browser.send({ type: 'ping' });
  await browser.got('pong');
  expect(types(browser).at(-2)).toBe('ping');
});
