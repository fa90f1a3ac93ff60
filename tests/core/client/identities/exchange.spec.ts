import { expect, test } from '@playwright/test';
import { z } from 'zod';
import { exchangeToken } from '../../../../src/client/identities/exchange.ts';
import type { ExchangeProbe } from '../../../../src/client/identities/exchange.ts';
import { createIdentities } from '../../../../src/client/identities/identities.ts';
import { answerWith, authService, bodyOf, GOOD_ANSWER } from './auth-service.ts';

const KEY = 'simulated-key';

test('identity exchange: a token is asked for as documented, and the answer is observed', async () => {
  const asked: { method: string | undefined; url: string | undefined; key: unknown; type: unknown; body: unknown }[] =
    [];
  const service = await authService(async (request, response) => {
    const { method, url, headers } = request;
    const body: unknown = JSON.parse(await bodyOf(request));
    asked.push({ method, url, key: headers['x-e2e-bypass-key'], type: headers['content-type'], body });
    answerWith(200, GOOD_ANSWER)(request, response);
  });
  const probes: ExchangeProbe[] = [];
  const observe = (probe: ExchangeProbe) => probes.push(probe);
  const exchanged = await exchangeToken({
    authUrl: service.url,
    simulationKey: KEY,
    email: 'ann@example.com',
    observe,
  });
  await service.stop();
  expect(exchanged).toEqual({ ok: true, token: 'token-1', userId: 'e2e-ann', email: 'ann@example.com' });
  const body = { email: 'ann@example.com', name: 'Staging WebSocket E2E', simulate_oauth: true };
  expect(asked).toEqual([{ method: 'POST', url: '/auth/e2e/test-auth', key: KEY, type: 'application/json', body }]);
  expect(probes).toEqual([
    {
      method: 'POST',
      url: `${service.url}/auth/e2e/test-auth`,
      status: 200,
      headers: expect.objectContaining({ 'x-served-by': 'test' }),
      body: GOOD_ANSWER,
      durationMs: expect.any(Number),
    },
  ]);
});

test('identity exchange: identities differ in the first four characters of their e-mail address', async () => {
  const service = await authService(async (request, response) => {
    const { email } = z.object({ email: z.string() }).parse(JSON.parse(await bodyOf(request)));
    const user = { id: `e2e-${email.split('@')[0]}`, email };
    answerWith(200, JSON.stringify({ access_token: `token of ${email}`, user }))(request, response);
  });
  const source = { kind: 'exchange' as const, authUrl: service.url, simulationKey: KEY };
  const options = { source, users: [], slots: 2, nowS: () => 0 };
  const [first, second] = [createIdentities({ ...options, slot: 0 }), createIdentities({ ...options, slot: 1 })];
  const given = [await first.next(), await first.next(), await second.next()];
  await service.stop();
  expect(given).toEqual(
    ['0000', '0001', '0100'].map((number) => ({
      userId: `e2e-${number}-staging-e2e`,
      token: `token of ${number}-staging-e2e@staging.netrasystems.ai`,
      source: 'exchanged',
    })),
  );
});

const ADVICE = {
  401: 'the auth service refused E2E_OAUTH_SIMULATION_KEY. Compare it with the key of the deployment',
  403: 'the auth service takes itself for production. Check AUTH_URL',
  418: 'the answer is not one it documents',
  500: 'the auth service failed',
  503: 'the auth service has no E2E_OAUTH_SIMULATION_KEY configured. Configure it there, or set JWT_SECRET instead',
};

for (const [status, advice] of Object.entries(ADVICE)) {
  test(`identity exchange: an answer of ${status} is a refusal, not an exception`, async () => {
    const service = await authService(answerWith(Number(status), 'no'));
    const exchanged = await exchangeToken({ authUrl: service.url, simulationKey: KEY, email: 'ann@example.com' });
    await service.stop();
    const because = `Token exchange: expected 200 from POST ${service.url}/auth/e2e/test-auth, got ${status}: ${advice}.`;
    expect(exchanged).toEqual({ ok: false, status: Number(status), body: 'no', because });
  });
}

test('identity exchange: an answer without a token or a user says what is missing', async () => {
  const service = await authService(answerWith(200, '{"user":{"id":"e2e-ann"}}'));
  const exchanged = await exchangeToken({ authUrl: service.url, simulationKey: KEY, email: 'ann@example.com' });
  await service.stop();
  expect(exchanged).toMatchObject({
    ok: false,
    because:
      'Token exchange: expected access_token, user.id and user.email in the answer, found no access_token, user.email.',
  });
});

test('identity exchange: a user whose id is a number is known by its digits', async () => {
  const answer = '{"access_token":"token-1","user":{"id":123456789012345678901,"email":"ann@example.com"}}';
  const service = await authService(answerWith(200, answer));
  const exchanged = await exchangeToken({ authUrl: service.url, simulationKey: KEY, email: 'ann@example.com' });
  await service.stop();
  expect(exchanged).toMatchObject({ ok: true, userId: '123456789012345678901' });
});

test('identity exchange: a field of another kind is not missing', async () => {
  const answer = '{"access_token":"token-1","user":{"id":true,"email":"ann@example.com"}}';
  const service = await authService(answerWith(200, answer));
  const exchanged = await exchangeToken({ authUrl: service.url, simulationKey: KEY, email: 'ann@example.com' });
  await service.stop();
  expect(exchanged).toMatchObject({ ok: false, because: expect.stringMatching(/found user\.id as a boolean\.$/) });
});

test('identity exchange: an answer that is no JSON is a refusal', async () => {
  const service = await authService(answerWith(200, '<html>'));
  const exchanged = await exchangeToken({ authUrl: service.url, simulationKey: KEY, email: 'ann@example.com' });
  await service.stop();
  expect(exchanged).toMatchObject({ ok: false, status: 200, body: '<html>' });
});

test('identity exchange: a redirect is not followed, so the key goes nowhere else', async () => {
  const asked: (string | undefined)[] = [];
  const service = await authService((request, response) => {
    asked.push(request.url);
    response.writeHead(307, { location: '/elsewhere' }).end();
  });
  const exchanged = await exchangeToken({ authUrl: service.url, simulationKey: KEY, email: 'ann@example.com' });
  await service.stop();
  expect(exchanged).toMatchObject({ ok: false, status: 307 });
  expect(asked).toEqual(['/auth/e2e/test-auth']);
});

test('identity exchange: at most 4 KB of an answer are kept', async () => {
  const service = await authService(answerWith(500, 'x'.repeat(10_000)));
  const exchanged = await exchangeToken({ authUrl: service.url, simulationKey: KEY, email: 'ann@example.com' });
  await service.stop();
  expect(exchanged).toMatchObject({ ok: false, body: 'x'.repeat(4096) });
});

test('identity exchange: silence ends with the deadline, and is observed', async () => {
  const service = await authService(() => undefined);
  const probes: ExchangeProbe[] = [];
  const exchanged = await exchangeToken({
    authUrl: service.url,
    simulationKey: KEY,
    email: 'ann@example.com',
    deadlineMs: 50,
    observe: (probe) => probes.push(probe),
  });
  await service.stop();
  expect(exchanged).toMatchObject({ ok: false, body: '', because: expect.stringContaining('no answer from') });
  expect(exchanged).not.toHaveProperty('status');
  expect(probes).toMatchObject([{ method: 'POST', error: expect.stringContaining('timeout') }]);
});

test('identity exchange: a service that is not there is a refusal with its cause', async () => {
  const service = await authService(answerWith(200, GOOD_ANSWER));
  await service.stop();
  const exchanged = await exchangeToken({ authUrl: service.url, simulationKey: KEY, email: 'ann@example.com' });
  expect(exchanged).toMatchObject({
    ok: false,
    because: expect.stringContaining('ECONNREFUSED'),
    cause: expect.any(Error),
  });
});

test('identity exchange: a refused identity says why and falls back on nothing', async () => {
  const service = await authService(answerWith(401, 'Invalid E2E bypass key'));
  const source = { kind: 'exchange' as const, authUrl: service.url, simulationKey: KEY };
  const identities = createIdentities({ source, users: ['ann'], slot: 0, slots: 1, nowS: () => 0 });
  const refused = await identities.next();
  await service.stop();
  expect(refused).toEqual({
    status: 401,
    body: 'Invalid E2E bypass key',
    because: expect.stringContaining('refused E2E_OAUTH_SIMULATION_KEY'),
  });
});
