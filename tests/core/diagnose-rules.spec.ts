import { expect, test } from '@playwright/test';
import { endpoint } from '../../src/checks/index.ts';
import { AFTERWARDS } from '../../src/report/signatures/refusals.ts';
import { asksBy, closesEarly, diagnosisOf, failsAtStage, failsWith } from './diagnose-story.ts';
import type { Asked, Story } from './diagnose-story.ts';

const signatureOf = (story: Story): string | undefined => diagnosisOf(story)?.signature;

/** A refused upgrade, and what was found out about it afterwards: probe names and their status. */
function refused(
  status: number,
  probes: Readonly<Record<string, number>>,
  asked: Asked = {},
  body = 'Forbidden',
): Story {
  return (told) => {
    asksBy(told.socket('c1'), asked).refused(status, body);
    for (const [name, answer] of Object.entries(probes)) told.probe({ name, target: name, status: answer });
  };
}

const MARKED = { marked: true };
const REFUSED_403: readonly (readonly [string, Story, string])[] = [
  ['HTTP refuses the token too', refused(403, { [AFTERWARDS.rest]: 401 }), 'FM-06'],
  ['HTTP accepts the token', refused(403, { [AFTERWARDS.rest]: 200 }), 'FM-07'],
  ['HTTP says nothing about the token', refused(403, { [AFTERWARDS.rest]: 500 }), 'refused-403'],
  ['the page is HTML, whatever HTTP says', refused(403, { [AFTERWARDS.rest]: 200 }, {}, '<html>'), 'FM-05'],
  ['it works without E2E headers', refused(403, { [AFTERWARDS.withoutE2eHeaders]: 101 }, MARKED), 'FM-77'],
  [
    'it fails without them too',
    refused(403, { [AFTERWARDS.rest]: 200, [AFTERWARDS.withoutE2eHeaders]: 403 }, MARKED),
    'FM-07',
  ],
  ['it works by header', refused(403, { [AFTERWARDS.byHeader]: 101 }, { carrier: 'subprotocol' }), 'FM-18'],
  ['it fails by header too', refused(403, { [AFTERWARDS.byHeader]: 403 }, { carrier: 'subprotocol' }), 'refused-403'],
  ['it works by subprotocol', refused(403, { [AFTERWARDS.bySubprotocol]: 101 }), 'FM-19'],
  ['a 401 is accepted over HTTP', refused(401, { [AFTERWARDS.rest]: 200 }), 'FM-19'],
  ['a 401 is refused over HTTP', refused(401, { [AFTERWARDS.rest]: 401 }), 'FM-08'],
];

for (const [when, story, expected] of REFUSED_403) {
  test(`a refused upgrade is ${expected} when ${when}`, () => {
    expect(signatureOf(story)).toBe(expected);
  });
}

const CLOSED: readonly (readonly [string, number, string, string])[] = [
  ['1011 with a reason', 1011, 'Internal error', 'FM-22'],
  ['1011 without one', 1011, '', 'closed-1011-silently'],
  ['1011 that speaks of authentication', 1011, 'SSOT Auth failed', 'FM-28'],
  ['an unsolicited 1000', 1000, '', 'FM-30'],
  ['1006', 1006, '', 'FM-32'],
  ['1008 for a bad token', 1008, 'Authentication failed', 'FM-28'],
  ['1008 for too many connections', 1008, 'Too many concurrent connections (5/5)', 'FM-70'],
  ['1008 for a rate', 1008, 'Rate limit exceeded - retry after 5s', 'FM-71'],
  ['4001', 4001, 'Authentication failed', 'FM-28'],
];

for (const [what, code, reason, expected] of CLOSED) {
  test(`a close before the welcome with ${what} is ${expected}`, () => {
    expect(signatureOf((told) => closesEarly(told, code, reason))).toBe(expected);
  });
}

test('a 1011 after a long wait is a start-up that does not end, whatever its reason', () => {
  const story: Story = (told) => {
    const socket = told.socket('c1').asks().opens();
    told.at(30_000);
    socket.closed(1011, 'Internal error');
  };
  expect(signatureOf(story)).toBe('FM-24');
});

test('an unsolicited 1000 stays one in the middle of a run', () => {
  const diagnosis = diagnosisOf((told) => {
    told.socket('c1').ready().runs('r1').event('r1', 'agent_started').closed(1000, 'main cleanup');
  });
  expect([diagnosis?.signature, diagnosis?.phase]).toEqual(['FM-30', 'events']);
});

test('a 1000 that answers ours is no failure', () => {
  expect(diagnosisOf((told) => void told.socket('c1').ready().closed(1000, '', 'us'))).toBeUndefined();
});

test('a bad token that is accepted before any good one is not the identity cache', () => {
  const story: Story = (told) => {
    told.socket('c1').asks('expired').opens().welcomed();
    told.socket('c2').ready();
    told.socket('c3').asks('expired').opens().welcomed();
  };
  expect(signatureOf(story)).toBe('bad-token-accepted');
});

test('an event that comes after the end only is misplaced, not repeated', () => {
  const story: Story = (told) => {
    const socket = told.socket('c1').ready().runs('r1');
    for (const event of ['agent_started', 'agent_thinking', 'tool_executing', 'agent_completed'] as const) {
      socket.event('r1', event);
    }
    socket.event('r1', 'tool_completed').quiet();
  };
  expect(signatureOf(story)).toBe('FM-56');
});

test('a subprotocol that a server selects unasked is its own fault', () => {
  const story: Story = (told) =>
    failsWith(told, 'invalid-subprotocol', 'Server sent a subprotocol but none was requested');
  expect(signatureOf(story)).toBe('subprotocol-not-offered');
});

test('an auth service that is down is told from one that refuses the key', () => {
  const says =
    (status: number): Story =>
    (told) =>
      failsAtStage(told, 'token', `expected 200, got ${status}: no SIMULATION_KEY`);
  expect([signatureOf(says(503)), signatureOf(says(401))]).toEqual(['FM-21', 'FM-20']);
});

test('a health endpoint that fails is the backend, one that is not there is an endpoint', () => {
  const answers =
    (status: number): Story =>
    (told) => {
      told.probe({ name: 'api-health', target: 'GET /api/health', status });
      return [endpoint('api-health')];
    };
  expect([signatureOf(answers(500)), signatureOf(answers(404))]).toEqual(['FM-13', 'endpoint-wrong']);
});

test('a ping that is unanswered because the connection ended is told by its end', () => {
  const asked = { type: 'ping', timestamp: 7 };
  expect(signatureOf((told) => void told.socket('c1').ready().says(asked).deadline('pong'))).toBe('FM-44');
  expect(signatureOf((told) => void told.socket('c1').ready().says(asked).closed(1006))).toBe('FM-42');
});
