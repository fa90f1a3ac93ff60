import { expect, test } from '@playwright/test';
import type { EndpointName } from '../../../src/checks/endpoint.ts';
import { endpoint, parseJson } from '../../../src/checks/endpoint.ts';
import type { Verdict } from '../../../src/checks/index.ts';
import type { Probe } from '../../../src/history/entry.ts';
import { judgesTo } from './judges-to.ts';
import { fakeHistory } from '../histories/fake-history.ts';

const ANSWERS: readonly (readonly [EndpointName, number, string, string])[] = [
  ['health', 200, '{"status":"healthy"}', 'holds'],
  ['health', 200, '{"status":"ok"}', 'holds'],
  ['health', 200, '{"status":"degraded"}', 'holds'],
  ['health', 200, '{"status":"unhealthy"}', 'endpoint-malformed'],
  ['health', 200, '<html>', 'endpoint-malformed'],
  ['health', 503, '{"status":"unhealthy"}', 'endpoint-failed'],
  ['health', 200, '{"status":"healthy","checks":{"redis":true,"queue":"not_configured"}}', 'holds'],
  ['health', 200, '{"status":"degraded","checks":{"redis":"failed"}}', 'holds'],
  ['health', 200, '{"status":"healthy","checks":{"redis":"failed"}}', 'health-contradicts-itself'],
  ['health', 200, '{"status":"ok","checks":{"redis":false}}', 'health-contradicts-itself'],
  ['health', 200, '{"status":"healthy","services":{"db":{"status":"unhealthy"}}}', 'health-contradicts-itself'],
  ['websocket-health', 400, '', 'holds'],
  ['websocket-health', 404, '', 'endpoint-failed'],
  ['discovery', 200, '{"services":{"backend":{}}}', 'holds'],
  ['discovery', 200, '{"services":{}}', 'endpoint-malformed'],
  ['mcp-config', 200, '{}', 'endpoint-malformed'],
  ['mcp-servers', 200, '{"data":[]}', 'holds'],
  ['websocket-config', 200, '{"websocket":{"endpoint":"/ws"}}', 'holds'],
];

for (const [name, status, body, gives] of ANSWERS) {
  const title = `${name} that answers ${status} ${body}`;
  judgesTo('endpoint', endpoint(name), [
    { title, gives, history: ({ probe }) => probe({ name, target: name, status, body }) },
  ]);
}

test('endpoint: no answer blames the environment, a 500 the product', () => {
  const blames = [{ error: 'fetch failed' }, { status: 500 }, { status: 503 }].map((answer) => {
    const { history, probe } = fakeHistory();
    probe({ name: 'health', target: 'health', ...answer });
    const verdict = endpoint('health')(history);
    return verdict.holds === false ? verdict.findings[0].blame : 'none';
  });
  expect(blames).toEqual(['environment', 'product', 'environment']);
});

test('endpoint: a redirect says where to, and blames what stands in front', () => {
  const { history, probe } = fakeHistory();
  probe({ name: 'health', target: 'GET /health', status: 302, headers: { location: 'https://login.example/' } });
  expect(endpoint('health')(history)).toMatchObject({
    because: 'GET /health gave HTTP 302, redirected to https://login.example/ after 1 ms',
    findings: [{ blame: 'environment' }],
  });
});

test('endpoint: degraded is a note', () => {
  const { history, probe } = fakeHistory();
  probe({ name: 'health', target: 'health', status: 200, body: '{"status": "degraded"}' });
  expect(endpoint('health')(history).notes.map(({ code }) => code)).toEqual(['degraded']);
});

type EndpointAnswer = Omit<Probe, 'kind' | 'durationMs' | 'name' | 'target'>;

function judged(name: EndpointName, answer: EndpointAnswer): Verdict {
  const { history, probe } = fakeHistory();
  probe({ name: 'bypass', target: 'GET /ws/auth/permissiveness', status: 500 });
  probe({ name, target: `GET ${name}`, ...answer });
  return endpoint(name)(history);
}

const GET_HEALTH = 'GET /health answers 200 in its documented shape';

const FAILURES: readonly (readonly [string, EndpointAnswer, string, string, string])[] = [
  ['no answer', { error: 'fetch failed' }, 'environment', 'fetch failed', ''],
  ['neither an answer nor an error', {}, 'environment', 'no answer', ''],
  ['a 404 without a body', { status: 404, body: '' }, 'product', 'HTTP 404', ''],
  ['a 501', { status: 501, body: 'not yet' }, 'product', 'HTTP 501', '; body "not yet"'],
  ['a 502 of a proxy', { status: 502, body: '"bad"' }, 'environment', 'HTTP 502', String.raw`; body "\"bad\""`],
  ['a long body', { status: 500, body: 'x'.repeat(500) }, 'product', 'HTTP 500', `; body "${'x'.repeat(160)}"`],
];

for (const [what, answer, blame, found, quoted] of FAILURES) {
  test(`endpoint: ${what} is reported as it came, and blames the ${blame}`, () => {
    const because = `GET health gave ${found} after 1 ms${quoted}`;
    expect(judged('health', answer)).toMatchObject({
      check: 'endpoint',
      holds: false,
      findings: [{ code: 'endpoint-failed', blame, expected: GET_HEALTH, found, because, entries: [1] }],
    });
  });
}

test('endpoint: an answer in another shape says on one line what is wrong with it', () => {
  const found = '✖ Invalid option: expected one of "healthy"|"ok"|"ready"|"degraded" → at status';
  const because = String.raw`GET health answered 200, but ${found}; body "{\"status\":\"sick\"}"`;
  expect(judged('health', { status: 200, body: '{"status":"sick"}' })).toMatchObject({
    holds: false,
    findings: [{ code: 'endpoint-malformed', blame: 'product', expected: GET_HEALTH, found, because, entries: [1] }],
  });
});

test('endpoint: a documented answer is cited', () => {
  expect(judged('health', { status: 200, body: '{"status":"ok"}' })).toEqual({
    check: 'endpoint',
    holds: true,
    because: '/health answered as documented',
    notes: [],
    evidence: [1],
  });
});

for (const body of ['{"status":"degraded"}', '{"status" : "degraded"}', '{"status":  "degraded","since":1}']) {
  test(`endpoint: ${body} holds with a note`, () => {
    expect(judged('health', { status: 200, body }).notes).toEqual([
      { code: 'degraded', because: 'GET health says "degraded"', entries: [1] },
    ]);
  });
}

for (const status of [400, 408, 503]) {
  test(`endpoint: a ${status} where a middleware may answer holds with a note`, () => {
    expect(judged('websocket-config', { status })).toMatchObject({
      holds: true,
      evidence: [1],
      notes: [
        {
          code: 'probe-blocked',
          because: `GET websocket-config answered ${status}: a middleware may answer for it`,
          entries: [1],
        },
      ],
    });
  });
}

test('endpoint: no answer is no middleware that answers', () => {
  expect(judged('websocket-config', { error: 'fetch failed' })).toMatchObject({ holds: false, notes: [] });
});

test('endpoint: a body that is no JSON, or none at all, has no value', () => {
  expect([parseJson('{"a":1}'), parseJson('{"a":'), parseJson(''), parseJson(undefined)]).toEqual([
    { a: 1 },
    undefined,
    undefined,
    undefined,
  ]);
});
