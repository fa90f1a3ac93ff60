import { expect, test } from '@playwright/test';
import { lastMilestoneOf, measuredOf } from '../../../src/failures/milestones.ts';
import { connectionsOf } from '../../../src/history/connections.ts';
import { fakeHistory } from '../histories/fake-history.ts';
import type { FakeConnection, FakeHistory } from '../histories/fake-history.ts';

interface MilestoneCase {
  readonly happens: (socket: FakeConnection) => unknown;
  readonly milestone: string;
  readonly phase: string;
  readonly passed: string;
}

const CASES: readonly MilestoneCase[] = [
  {
    happens: (socket) => socket.asks(),
    milestone: 'requested',
    phase: 'upgrade',
    passed: 'the upgrade request was sent',
  },
  {
    happens: (socket) => socket.asks().refused(403),
    milestone: 'answered',
    phase: 'upgrade',
    passed: 'the upgrade request was answered with HTTP 403',
  },
  {
    happens: (socket) => socket.asks().opens(),
    milestone: 'opened',
    phase: 'welcome',
    passed: 'the connection was accepted',
  },
  { happens: (socket) => socket.ready(), milestone: 'welcomed', phase: 'ping', passed: 'it was welcomed' },
  {
    happens: (socket) => socket.ready().sends({ type: 'ping' }).receives({ type: 'pong' }),
    milestone: 'ponged',
    phase: 'close',
    passed: 'a ping was answered',
  },
  {
    happens: (socket) => socket.ready().runs('r1'),
    milestone: 'run requested',
    phase: 'request',
    passed: 'an agent was asked',
  },
  {
    happens: (socket) => socket.ready().runs('r1').event('r1', 'agent_started').event('r1', 'agent_thinking'),
    milestone: 'event received',
    phase: 'events',
    passed: 'event 2 of a run, agent_thinking',
  },
  {
    happens: (socket) => socket.ready().runs('r1').fiveEvents('r1'),
    milestone: 'run ended',
    phase: 'close',
    passed: 'a run ended with agent_completed',
  },
];

for (const { happens, ...expected } of CASES) {
  test(`the last milestone of a connection is "${expected.milestone}" when ${expected.passed}`, () => {
    const fake = fakeHistory();
    happens(fake.socket('c1'));
    const [connection] = connectionsOf(fake.history);
    expect(connection && lastMilestoneOf(connection, fake.history)).toEqual(expected);
  });
}

function measured(make: (fake: FakeHistory) => unknown): readonly string[] {
  const fake = fakeHistory();
  make(fake);
  return connectionsOf(fake.history).flatMap((connection) => measuredOf(connection, fake.history));
}

test('it is measured how far a connection came, for how long, and what it received last', () => {
  const lines = measured((fake) =>
    fake.socket('c1').ready().runs('r1').event('r1', 'agent_started').event('r1', 'agent_thinking').closed(1006),
  );
  expect(lines).toEqual([
    'c1 got as far as this: event 2 of a run, agent_thinking',
    'c1 open → welcome: 10 ms',
    'c1 open → close: 50 ms, with no subprotocol',
    'c1 close code 1006 without a reason, not by us',
    'c1 received 3 messages, the last agent_thinking (#5), 10 ms before the end',
  ]);
});

test('it is measured how an upgrade was refused', () => {
  expect(measured((fake) => fake.socket('c1').asks().refused(503, 'Try\n later'))).toEqual([
    'c1 got as far as this: the upgrade request was answered with HTTP 503',
    'c1 was answered with HTTP 503 after 10 ms, body of 10 characters: Try later',
  ]);
  const refused = { kind: 'refused', code: 'ECONNRESET', because: 'socket hang up' } as const;
  expect(measured((fake) => fake.socket('c1').asks().fact(refused))).toEqual([
    'c1 got as far as this: the connection was asked for',
    'c1 failed after 10 ms: socket hang up',
  ]);
});

const STAGES_PASSED = [
  [['resolved'], 'ws', 'the name was resolved to 192.0.2.1', 'tcp'],
  [['resolved', 'connected'], 'wss', 'TCP connected to 192.0.2.1', 'tls'],
  [['resolved', 'connected'], 'ws', 'the upgrade request was sent', 'upgrade'],
  [['resolved', 'connected', 'secured'], 'wss', 'the upgrade request was sent', 'upgrade'],
] as const;

for (const [stages, scheme, passed, phase] of STAGES_PASSED) {
  test(`the last stage of ${scheme} that was reached is a milestone: ${stages.join(', ')}`, () => {
    const { history, socket } = fakeHistory();
    const request = { url: `${scheme}://staging/ws`, headers: {}, offered: [], user: 'anna', credential: 'valid' };
    const c1 = socket('c1').fact({ kind: 'handshake-request', ...request });
    for (const stage of stages) c1.fact({ kind: 'reached', stage, found: '192.0.2.1' });
    c1.fact({ kind: 'refused', code: 'ETIMEDOUT', because: 'nothing more came within 1000 ms' });
    expect(connectionsOf(history).map((connection) => lastMilestoneOf(connection, history))).toMatchObject([
      { passed, phase },
    ]);
  });
}

test('it is measured which error a connection received, and how the server closed it', () => {
  const lines = measured((fake) => {
    const error = { type: 'error_message', error_message: 'no supervisor' };
    fake.socket('c1').asks().opens('jwt-auth').receives(error).closed(1011, 'Internal error');
  });
  expect(lines.slice(1)).toEqual([
    'c1 open → close: 20 ms, with subprotocol jwt-auth',
    'c1 close code 1011 "Internal error", not by us',
    'c1 received 1 message, the last error_message (no supervisor) (#2), 10 ms before the end',
  ]);
});
