import { expect, test } from '@playwright/test';
import { sameJudgement } from '../../../src/checks/same-judgement.ts';
import { restProbeName } from '../../../src/history/probe-names.ts';
import { codesOf } from './judges-to.ts';
import type { FakeConnection } from '../histories/fake-history.ts';
import { fakeHistory } from '../histories/fake-history.ts';

const differently = { code: 'judged-differently', connection: 'c1' };
const refusal = { status: 401 };
const acceptance = { status: 200 };

type JudgementCase = readonly [
  credential: string,
  answer: Readonly<{ status: number }>,
  record: (c1: FakeConnection) => void,
  expected: Record<string, unknown>,
];

/** The probe is entry 0, the request entry 1. */
const CASES: Readonly<Record<string, JudgementCase>> = {
  'accepted twice': ['valid', acceptance, (c1) => c1.opens().welcomed(), { holds: true, evidence: [0, 3] }],
  'refused twice': ['valid', { status: 403 }, (c1) => c1.refused(403), { holds: true, evidence: [0, 3] }],
  'refused twice, after the upgrade': [
    'expired',
    refusal,
    (c1) => c1.opens().closed(4001),
    { holds: true, evidence: [0, 3] },
  ],
  'accepted twice, and then closed': [
    'valid',
    acceptance,
    (c1) => c1.opens().welcomed().closed(1011),
    { holds: true, evidence: [0, 4] },
  ],
  'a good token that only the upgrade refuses': [
    'valid',
    acceptance,
    (c1) => c1.refused(403),
    {
      findings: [
        {
          ...differently,
          blame: 'product',
          found: 'accepted over HTTP, refused over WebSocket',
          because: 'the valid credential is accepted over HTTP (200) and refused over WebSocket',
          entries: [0, 3],
        },
      ],
    },
  ],
  'a good token that only HTTP refuses': [
    'valid',
    refusal,
    (c1) => c1.opens().welcomed(),
    { findings: [{ ...differently, blame: 'auth', entries: [0, 3] }] },
  ],
  'a bad token that only HTTP accepts': [
    'expired',
    acceptance,
    (c1) => c1.refused(401),
    { findings: [{ ...differently, blame: 'auth', entries: [0, 3] }] },
  ],
  'a bad token that only HTTP refuses, where everybody is let in': [
    'expired',
    refusal,
    (c1) => c1.opens().welcomed('demo-user-001'),
    {
      holds: 'unknown',
      findings: [
        {
          code: 'auth-bypass-active',
          because:
            'the expired credential is refused over HTTP (401) and accepted over WebSocket; the welcome names the bypass user demo-user-001',
          entries: [0, 3],
          connection: 'c1',
        },
      ],
    },
  ],
};

for (const [name, [credential, answer, record, expected]] of Object.entries(CASES)) {
  test(`same-judgement: ${name}`, () => {
    const { history, socket, probe } = fakeHistory();
    probe({ name: restProbeName(credential), target: 'GET /api/threads', ...answer });
    record(socket('c1').asks(credential));
    socket('of nobody').opens();
    expect(sameJudgement(credential)(history)).toMatchObject(expected);
  });
}

test('same-judgement: what HTTP and WebSocket say of a token must agree', () => {
  const outcomes = (
    [
      [200, true],
      [401, false],
      [200, false],
      [401, true],
      [404, true],
    ] as const
  ).map(([status, welcomed]) => {
    const { history, probe, socket } = fakeHistory();
    probe({ name: 'rest-with-token', target: 'GET /api/threads', status });
    if (welcomed) socket('c1').ready();
    else socket('c1').asks().refused(403);
    return codesOf(sameJudgement('valid')(history));
  });
  expect(outcomes).toEqual(['holds', 'holds', 'judged-differently', 'judged-differently', 'unknown: not-connected']);
});

type GivenAnswer = Readonly<{ status?: number; error?: string }>;
type Doubtful = readonly [answer: GivenAnswer, record: (c1: FakeConnection) => void, because: string, last: number];

/** The probe is entry 0, the request entry 1. */
const DOUBTFUL: Readonly<Record<string, Doubtful>> = {
  'a route that is missing over HTTP': [
    { status: 404 },
    (c1) => c1.opens().welcomed(),
    'HTTP 404 over HTTP, accepted over WebSocket',
    3,
  ],
  'no answer over HTTP': [
    { error: 'fetch failed' },
    (c1) => c1.opens().welcomed(),
    'HTTP fetch failed over HTTP, accepted over WebSocket',
    3,
  ],
  'neither status nor error over HTTP': [
    {},
    (c1) => c1.opens().welcomed(),
    'HTTP no answer over HTTP, accepted over WebSocket',
    3,
  ],
  'an upgrade that is not answered': [
    { status: 200 },
    () => undefined,
    'HTTP 200 over HTTP, undecided over WebSocket',
    1,
  ],
  'an upgrade that fails for another reason': [
    { status: 401 },
    (c1) => c1.refused(503),
    'HTTP 401 over HTTP, undecided over WebSocket',
    3,
  ],
};

for (const [name, [answer, record, because, last]] of Object.entries(DOUBTFUL)) {
  test(`same-judgement: ${name} proves nothing`, () => {
    const { history, socket, probe } = fakeHistory();
    probe({ name: restProbeName('valid'), target: 'GET /api/threads', ...answer });
    record(socket('c1').asks());
    expect(sameJudgement('valid')(history)).toMatchObject({
      holds: 'unknown',
      findings: [
        { code: 'not-connected', because: `the valid credential: ${because}`, entries: [0, last], connection: 'c1' },
      ],
    });
  });
}
