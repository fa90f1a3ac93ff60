import { expect, test } from '@playwright/test';
import { ENDPOINTS } from '../../../src/checks/endpoint.ts';
import { startTwin } from '../../../src/twin/twin.ts';
import { tokenFor } from './talk.ts';

for (const [name, { path, shape }] of Object.entries(ENDPOINTS)) {
  test(`twin http: ${name} answers 200 in its documented shape, with a date`, async () => {
    await using twin = await startTwin();
    const answer = await fetch(`${twin.url}${path}`);
    expect(answer.status).toBe(200);
    expect(Math.abs(Date.parse(answer.headers.get('date') ?? '') - Date.now())).toBeLessThan(2_000);
    expect(shape.safeParse(await answer.json())).toMatchObject({ success: true });
  });
}

test('twin http: health names the revision, discovery the real addresses', async () => {
  await using twin = await startTwin();
  const health: unknown = await (await fetch(`${twin.url}/health`)).json();
  const discovery: unknown = await (await fetch(`${twin.url}/api/discovery/services`)).json();
  expect(health).toMatchObject({ status: 'healthy', service: 'netra-ai-platform', revision: 'twin-beta-9' });
  expect(discovery).toMatchObject({ services: { backend: { url: twin.url, ws_url: twin.websocketUrl } } });
});

test('twin http: threads wants a token', async () => {
  await using twin = await startTwin();
  const headers = { authorization: `Bearer ${await tokenFor(twin, 'e2e-anna0201-user')}` };
  const answer = await fetch(`${twin.url}/api/threads`, { headers });
  expect(answer.status).toBe(200);
  expect(await answer.json()).toEqual({ threads: [], total: 0, user_id: 'e2e-anna0201-user' });
});

const REJECTED = [
  { title: 'no key', headers: {}, body: '{}', status: 401, detail: 'E2E bypass key required' },
  {
    title: 'a wrong key',
    headers: { 'X-E2E-Bypass-Key': 'no' },
    body: '{}',
    status: 401,
    detail: 'Invalid E2E bypass key',
  },
] as const;

for (const { title, headers, body, status, detail } of REJECTED) {
  test(`twin http: the token endpoint rejects ${title}`, async () => {
    await using twin = await startTwin();
    const answer = await fetch(`${twin.url}/auth/e2e/test-auth`, { method: 'POST', headers, body });
    expect(answer.status).toBe(status);
    expect(await answer.json()).toEqual({ detail });
  });
}

test('twin http: the token endpoint rejects a body that is no JSON', async () => {
  await using twin = await startTwin();
  const headers = { 'X-E2E-Bypass-Key': twin.simulationKey };
  const answer = await fetch(`${twin.url}/auth/e2e/test-auth`, { method: 'POST', headers, body: '{' });
  expect(answer.status).toBe(422);
});

test('twin http: HEAD is answered like GET, and unknown paths with 404', async () => {
  await using twin = await startTwin();
  expect((await fetch(`${twin.url}/ws/health`, { method: 'HEAD' })).status).toBe(200);
  expect((await fetch(`${twin.url}/nowhere`)).status).toBe(404);
  expect((await fetch(`${twin.url}/health`, { method: 'POST' })).status).toBe(404);
});
