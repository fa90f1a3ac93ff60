import { expect, test } from '@playwright/test';
import { sameJudgement } from '../../../src/checks/same-judgement.ts';
import { restProbeName } from '../../../src/history/probe-names.ts';
import type { FakeConnection } from '../histories/fake-history.ts';
import { fakeHistory } from '../histories/fake-history.ts';

type Answer = Readonly<{ status?: number; error?: string }>;
type Case = readonly [answer: Answer, tell: (c1: FakeConnection) => void, because: string, last: number];

/** The probe is entry 0, the request entry 1. */
const CASES: Readonly<Record<string, Case>> = {
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

for (const [name, [answer, tell, because, last]] of Object.entries(CASES)) {
  test(`same-judgement: ${name} proves nothing`, () => {
    const { history, socket, probe } = fakeHistory();
    probe({ name: restProbeName('valid'), target: 'GET /api/threads', ...answer });
    tell(socket('c1').asks());
    expect(sameJudgement('valid')(history)).toMatchObject({
      holds: 'unknown',
      findings: [
        { code: 'not-connected', because: `the valid credential: ${because}`, entries: [0, last], connection: 'c1' },
      ],
    });
  });
}
