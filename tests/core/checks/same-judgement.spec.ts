import { expect, test } from '@playwright/test';
import { sameJudgement } from '../../../src/checks/same-judgement.ts';
import { restProbeName } from '../../../src/history/probe-names.ts';
import type { FakeConnection } from '../histories/fake-history.ts';
import { fakeHistory } from '../histories/fake-history.ts';

const differently = { code: 'judged-differently', connection: 'c1' };
const refusal = { status: 401 };
const acceptance = { status: 200 };

type Case = readonly [
  credential: string,
  answer: Readonly<{ status: number }>,
  tell: (c1: FakeConnection) => void,
  expected: Record<string, unknown>,
];

/** The probe is entry 0, the request entry 1. */
const CASES: Readonly<Record<string, Case>> = {
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

for (const [name, [credential, answer, tell, expected]] of Object.entries(CASES)) {
  test(`same-judgement: ${name}`, () => {
    const { history, socket, probe } = fakeHistory();
    probe({ name: restProbeName(credential), target: 'GET /api/threads', ...answer });
    tell(socket('c1').asks(credential));
    socket('of nobody').opens();
    expect(sameJudgement(credential)(history)).toMatchObject(expected);
  });
}
