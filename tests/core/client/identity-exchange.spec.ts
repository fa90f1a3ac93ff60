import { expect, test } from '@playwright/test';
import { z } from 'zod';
import { exchangeToken } from '../../../src/client/identities/exchange.ts';
import type { ExchangeProbe } from '../../../src/client/identities/exchange.ts';
import { createIdentities } from '../../../src/client/identities/identities.ts';
import { GOOD_ANSWER, answerWith, authService, bodyOf } from './auth-service.ts';

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
