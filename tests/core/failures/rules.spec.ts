import { expect, test } from '@playwright/test';
import { endpoint } from '../../../src/checks/index.ts';
import { closesEarly, diagnosisOf, failsAtStage } from './story.ts';
import type { Story } from './story.ts';

const signatureOf = (story: Story): string | undefined => diagnosisOf(story)?.signature;

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

test('what was never welcomed is not called deaf', () => {
  const asked = { type: 'ping', timestamp: 7 };
  const silent: Story = (told) =>
    void told
      .socket('c1')
      .asks()
      .opens()
      .deadline('welcome')
      .says(asked)
      .deadline('pong')
      .runs('r1')
      .deadline('run r1');
  expect(signatureOf(silent)).toBe('FM-35');
});

test('a socket that missed events because it ended is told by its end', () => {
  const story: Story = (told) => {
    const [older, newer] = [told.socket('c1', 'anna').ready(), told.socket('c2', 'anna').ready()];
    newer.runs('r1');
    older.closed(1006);
    newer.fiveEvents('r1');
  };
  expect(signatureOf(story)).toBe('FM-46');
});

test('readiness that fails together with health is the backend', () => {
  const answers =
    (...names: readonly ('health' | 'readiness')[]): Story =>
    (told) => {
      for (const name of names) told.probe({ name, target: name, status: 503 });
      return names.map((name) => endpoint(name));
    };
  expect([signatureOf(answers('readiness')), signatureOf(answers('readiness', 'health'))]).toEqual(['FM-74', 'FM-13']);
});
