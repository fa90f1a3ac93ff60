import { expect, test } from '@playwright/test';
import { endpoint } from '../../../src/checks/index.ts';
import { AFTERWARDS, PREFLIGHT_STAGES } from '../../../src/history/probe-names.ts';
import { asksBy, closesEarly, diagnosisOf, failsAtStage, failsWith, testDiagnoses } from './diagnosed-history.ts';
import type { Asked, MakeHistory } from './diagnosed-history.ts';

interface RefusedProbe extends Asked {
  readonly status: number;
  readonly body?: string;
  /** What was tried after the test, and its status. */
  readonly afterwards?: Partial<Readonly<Record<(typeof RETRIES)[number], number>>>;
}

const RETRIES = ['rest', 'byHeader', 'bySubprotocol', 'withoutE2eHeaders'] as const;

/** A refused upgrade, and what the probes after the test found. */
function refused({ status, body = 'Forbidden', afterwards = {}, ...asked }: RefusedProbe): MakeHistory {
  return (fake) => {
    asksBy(fake.socket('c1'), asked).refused(status, body);
    for (const retry of RETRIES) {
      const [name, answer] = [AFTERWARDS[retry], afterwards[retry]];
      if (answer !== undefined) fake.probe({ name, target: name, status: answer });
    }
  };
}

/** The answers of endpoints, each judged. */
function answered(status: number, ...names: readonly ('health' | 'api-health' | 'readiness')[]): MakeHistory {
  return (fake) => {
    for (const name of names) fake.probe({ name, target: name, status });
    return names.map((name) => endpoint(name));
  };
}

/** One connection with E2E headers that is refused, one without that is welcomed. */
function refusedBesideWelcomed(status: number): MakeHistory {
  return (fake) => {
    asksBy(fake.socket('c1'), { marked: true }).refused(status);
    asksBy(fake.socket('c2'), { marked: false }).opens().welcomed('anna');
  };
}

const tokenStage =
  (error: string): MakeHistory =>
  (fake) =>
    failsAtStage(fake, 'token', error);

testDiagnoses([
  {
    when: '403, HTTP refuses the token too',
    history: refused({ status: 403, afterwards: { rest: 401 } }),
    signature: 'FM-06',
  },
  {
    when: '403, HTTP accepts the token',
    history: refused({ status: 403, afterwards: { rest: 200 } }),
    signature: 'FM-07',
  },
  {
    when: '403, HTTP says nothing about the token',
    history: refused({ status: 403, afterwards: { rest: 500 } }),
    signature: 'refused-403',
  },
  {
    when: '403 with an HTML page, and HTTP accepts the token',
    history: refused({ status: 403, body: '<html>', afterwards: { rest: 200 } }),
    signature: 'FM-05',
  },
  {
    when: '403, accepted without E2E headers',
    history: refused({ status: 403, marked: true, afterwards: { withoutE2eHeaders: 101 } }),
    signature: 'FM-77',
  },
  {
    when: '403, refused without E2E headers too',
    history: refused({ status: 403, marked: true, afterwards: { rest: 200, withoutE2eHeaders: 403 } }),
    signature: 'FM-07',
  },
  {
    when: '403 by subprotocol, accepted by header',
    history: refused({ status: 403, carrier: 'subprotocol', afterwards: { byHeader: 101 } }),
    signature: 'FM-18',
  },
  {
    when: '403 by subprotocol, refused by header too',
    history: refused({ status: 403, carrier: 'subprotocol', afterwards: { byHeader: 403 } }),
    signature: 'refused-403',
  },
  {
    when: '403 by header, accepted by subprotocol',
    history: refused({ status: 403, afterwards: { bySubprotocol: 101 } }),
    signature: 'FM-19',
  },
  {
    when: '401, HTTP accepts the token',
    history: refused({ status: 401, afterwards: { rest: 200 } }),
    signature: 'FM-19',
  },
  {
    when: '401, HTTP refuses the token too',
    history: refused({ status: 401, afterwards: { rest: 401 } }),
    signature: 'FM-08',
  },
  {
    when: 'the server selects a subprotocol that was not offered',
    history: (fake) => failsWith(fake, 'invalid-subprotocol', 'Server sent a subprotocol but none was requested'),
    signature: 'subprotocol-not-offered',
  },
  { when: '502 with E2E headers beside a welcome without', history: refusedBesideWelcomed(502), signature: 'FM-15' },
  { when: '403 with E2E headers beside a welcome without', history: refusedBesideWelcomed(403), signature: 'FM-77' },
  { when: 'the auth service is down', history: tokenStage('got 503: no SIMULATION_KEY'), signature: 'FM-21' },
  { when: 'the auth service refuses the key', history: tokenStage('got 401: no SIMULATION_KEY'), signature: 'FM-20' },
  { when: 'a health endpoint fails', history: answered(500, 'api-health'), signature: 'FM-13' },
  { when: 'a health endpoint does not exist', history: answered(404, 'api-health'), signature: 'endpoint-wrong' },
  { when: 'readiness alone fails', history: answered(503, 'readiness'), signature: 'FM-74' },
  { when: 'readiness and health fail', history: answered(503, 'readiness', 'health'), signature: 'FM-13' },
  {
    when: 'every stage of the preflight passes, and health is degraded',
    history: (fake) => {
      for (const name of PREFLIGHT_STAGES) {
        fake.probe({ name, target: name, found: 'fine', ...(name === 'health' && { body: '{"status":"degraded"}' }) });
      }
    },
    signature: undefined,
  },
]);

test('good health beside a dead WebSocket is an alternative, and is measured', () => {
  const diagnosis = diagnosisOf((fake) => {
    closesEarly(fake, 1011, 'Internal error');
    fake.probe({ name: AFTERWARDS.health, target: 'GET /health', status: 200, body: '{"status":"healthy"}' });
  });
  expect(diagnosis?.alternatives).toContain('FM-72');
  expect(diagnosis?.measured.at(-1)).toBe(
    'health at the time: GET /health → HTTP 200, body of 20 characters: {"status":"healthy"}, in 1 ms',
  );
});
