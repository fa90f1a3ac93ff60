import { expect, test } from '@playwright/test';
import { secrets } from '../../../src/checks/secrets.ts';
import type { Fact } from '../../../src/history/entry.ts';
import { REDACTED } from '../../../src/history/redaction-marks.ts';
import { codesOf, judgesTo } from './judges-to.ts';
import { fakeHistory } from '../histories/fake-history.ts';

const TOKEN = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl';

type Holding = (text: string) => Fact;

const request = {
  kind: 'handshake-request',
  url: '',
  headers: {},
  offered: [],
  user: 'anna',
  credential: 'valid',
} as const;
const answer = { kind: 'handshake-answer', status: 403, headers: {} } as const;
const probe = { kind: 'probe', name: 'health', target: '/health', durationMs: 1 } as const;
const unreadable = (direction: 'sent' | 'received', excerpt: string): Fact => ({
  kind: 'unreadable',
  direction,
  why: 'not-json',
  excerpt,
  bytes: 1,
});
const control = (direction: 'sent' | 'received', payload: string): Fact => ({
  kind: 'control',
  direction,
  opcode: 'ping',
  payload,
});

const FROM_THE_SERVER: Readonly<Record<string, Holding>> = {
  'the reason of a close': (reason) => ({ kind: 'closed', code: 1008, reason, by: 'them' }),
  'the body of a refusal': (body) => ({ ...answer, body }),
  'a header of an answer': (location) => ({ ...answer, headers: { location } }),
  'the body of a probe': (body) => ({ ...probe, body }),
  'a header of a probe': (location) => ({ ...probe, headers: { location } }),
  'something unreadable that arrived': (excerpt) => unreadable('received', excerpt),
  'a control frame that arrived': (payload) => control('received', payload),
};

/** Where a credential may stand by design, or where it did not come from the server. */
const OF_OUR_OWN: Readonly<Record<string, Holding>> = {
  'the address of a request': (url) => ({ ...request, url }),
  'a header of a request': (origin) => ({ ...request, headers: { origin } }),
  'an offered subprotocol': (subprotocol) => ({ ...request, offered: [subprotocol] }),
  'the subprotocol header of an answer': (subprotocol) => ({
    ...answer,
    headers: { 'sec-websocket-protocol': subprotocol },
  }),
  'the selected subprotocol': (subprotocol) => ({ kind: 'opened', subprotocol, localPort: 1 }),
  'something unreadable that we sent': (excerpt) => unreadable('sent', excerpt),
  'a control frame that we sent': (payload) => control('sent', payload),
  'the reason of a refusal': (because) => ({ kind: 'refused', because }),
  'the message of a failure': (message) => ({ kind: 'broken', code: 'ECONNRESET', message }),
  'the name of a run that was waited for': (name) => ({
    kind: 'deadline',
    limit: 'total',
    waitingFor: `run ${name}`,
    afterMs: 1,
  }),
  'a fault of the twin': (hit) => ({ kind: 'fault', name: 'silent', hit }),
};

function findingsIn(fact: Fact): string {
  const { history, socket } = fakeHistory();
  socket('c1').fact(fact);
  return codesOf(secrets()(history));
}

for (const [place, holding] of Object.entries(FROM_THE_SERVER)) {
  test(`secrets: a credential in ${place} was echoed`, () => {
    expect(findingsIn(holding(`a ${REDACTED.secret}`))).toBe('secret-echoed');
    expect(findingsIn(holding(`a ${REDACTED.token}`))).toBe('secret-echoed');
  });
}

for (const [place, holding] of Object.entries(OF_OUR_OWN)) {
  test(`secrets: a credential in ${place} was not echoed`, () => {
    expect(findingsIn(holding(`a ${REDACTED.secret} ${REDACTED.token}`))).toBe('holds');
  });
}

for (const [place, holding] of Object.entries({ ...FROM_THE_SERVER, ...OF_OUR_OWN })) {
  test(`secrets: a readable token in ${place} was recorded`, () => {
    expect(findingsIn(holding(`a ${TOKEN}`))).toBe('secret-recorded');
  });
}

const HARMLESS: Readonly<Record<string, string>> = {
  'a field that is hidden whole': `{"password":"${REDACTED.field}"}`,
  'other words in brackets': '[redacted by hand]',
  'the beginning of a token': TOKEN.slice(0, 20),
};

for (const [name, text] of Object.entries(HARMLESS)) {
  test(`secrets: ${name} is no credential`, () => {
    expect(findingsIn({ ...probe, body: text })).toBe('holds');
  });
}

test('secrets: what is found is reported with its entry, and everything is evidence', () => {
  const { history, socket } = fakeHistory();
  const c1 = socket('c1').ready().quiet();
  expect(secrets()(history)).toMatchObject({ holds: true, evidence: [0, 1, 2, 3] });
  c1.receives({ type: 'ack', token: REDACTED.token }).sends({ type: 'chat', content: TOKEN });
  const echoed = { code: 'secret-echoed', found: 'a credential', blame: 'product', entries: [4], connection: 'c1' };
  const recorded = { code: 'secret-recorded', found: 'a readable token', blame: 'harness', entries: [5] };
  expect(secrets()(history)).toMatchObject({
    findings: [
      { ...echoed, because: '#4 (received) contained a credential when it arrived' },
      { ...recorded, because: '#5 (sent) still holds a readable token', connection: 'c1' },
    ],
  });
});

test('secrets: a credential that the server sends back is reported, one that our redactor missed too', () => {
  const { history, socket } = fakeHistory();
  const c1 = socket('c1').ready();
  expect(codesOf(secrets()(history))).toBe('holds');
  c1.receives({ type: 'ack', token: '[redacted:token]' });
  expect(codesOf(secrets()(history))).toBe('secret-echoed');
  c1.sends({ type: 'chat', content: 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl' });
  expect(codesOf(secrets()(history))).toBe('secret-echoed secret-recorded');
});

judgesTo('secrets', secrets(), [
  {
    title: 'the answer of an endpoint',
    gives: 'secret-echoed',
    history: ({ probe }) =>
      probe({ name: 'mcp-config', target: 'GET /api/mcp/config', status: 200, body: '{"key":"[redacted:secret]"}' }),
  },
]);
