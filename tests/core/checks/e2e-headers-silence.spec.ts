import { expect, test } from '@playwright/test';
import { e2eHeadersAreNeutral } from '../../../src/checks/e2e-headers.ts';
import type { Verdict } from '../../../src/checks/index.ts';
import { E2E_HEADER_NAMES } from '../../../src/protocol/e2e-headers.ts';
import { codesOf } from './codes.ts';
import type { FakeHistory, FakeConnection } from '../histories/fake-history.ts';
import { fakeHistory } from '../histories/fake-history.ts';

const MARKS = Object.fromEntries(E2E_HEADER_NAMES.map((name) => [name, 'told']));
const request = { kind: 'handshake-request', url: 'ws://x/ws', offered: [], user: 'u', credential: 'valid' } as const;
const ping = { type: 'ping' };
const pong = { type: 'pong' };

function upgrade(told: FakeHistory, name: string, headers: Readonly<Record<string, string>>): FakeConnection {
  return told.socket(name, 'u').fact({ ...request, headers });
}

/** Both sockets with the same story. */
function judged(tell: (socket: FakeConnection) => FakeConnection, marks = MARKS, plain = {}): Verdict {
  const told = fakeHistory();
  tell(upgrade(told, 'c1', marks));
  tell(upgrade(told, 'c2', plain));
  return e2eHeadersAreNeutral({ marked: 'c1', plain: 'c2', order: 'exact' })(told.history);
}

const answered = (socket: FakeConnection): FakeConnection => socket.opens().welcomed().says(ping).hears(pong);
const served = (socket: FakeConnection): FakeConnection =>
  answered(socket).runs(socket.name).event(socket.name, 'agent_started').event(socket.name, 'agent_completed');

const SILENCES: Readonly<Record<string, readonly [(socket: FakeConnection) => FakeConnection, string, string]>> = {
  'no welcome': [
    (socket) => socket.opens().says(ping).hears(pong).runs('x').event('x', 'agent_completed'),
    'not-welcomed',
    'a welcome',
  ],
  'no pong': [
    (socket) => socket.opens().welcomed().says(ping).runs(socket.name).event(socket.name, 'agent_completed'),
    'not-served',
    'a pong',
  ],
  'no finished run': [
    (socket) => answered(socket).runs(socket.name).event(socket.name, 'agent_started'),
    'not-served',
    'a finished run',
  ],
  'no run': [answered, 'not-served', 'a finished run'],
};

for (const [what, [tell, code, lacking]] of Object.entries(SILENCES)) {
  test(`e2e-headers: two sockets with ${what} prove nothing, and say so of each`, () => {
    const because = (name: string) => `${name} never got ${lacking}, so there is nothing to compare`;
    const length = fakeHistory();
    tell(upgrade(length, 'c1', MARKS));
    const last = length.history.length - 1;
    expect(judged(tell)).toMatchObject({
      holds: 'unknown',
      findings: [
        { code, because: because('c1'), entries: [last], connection: 'c1' },
        { code, because: because('c2'), entries: [2 * last + 1], connection: 'c2' },
      ],
    });
  });
}

test('e2e-headers: one pong and one finished run are enough, whatever else was left open', () => {
  const open = (socket: FakeConnection): FakeConnection =>
    served(socket).says(ping).runs(`${socket.name}-open`).event(`${socket.name}-open`, 'agent_started');
  expect(codesOf(judged(open))).toBe('holds');
});

test('e2e-headers: what both sockets are compared by must be there', () => {
  for (const [name, headers] of [
    ['c1', MARKS],
    ['c2', {}],
  ] as const) {
    const told = fakeHistory();
    served(upgrade(told, name, headers));
    expect(codesOf(e2eHeadersAreNeutral({ marked: 'c1', plain: 'c2', order: 'exact' })(told.history))).toBe(
      'unknown: not-asked',
    );
  }
});

const OTHERS = E2E_HEADER_NAMES.filter((name) => name !== 'user-agent');
const AGENT = { 'user-agent': 'told' };

test('e2e-headers: headers that are missing or superfluous are named, and the upgrade request is cited', () => {
  const told = { code: 'headers-not-sent', blame: 'harness', found: OTHERS.join(', ') };
  const wrong = `the E2E headers; wrong: ${OTHERS.join(', ')}`;
  const missing = `c1 was to be opened with ${wrong}`;
  expect(judged(served, AGENT, {})).toMatchObject({
    findings: [{ ...told, because: missing, entries: [0], connection: 'c1' }],
  });
  const superfluous = `c2 was to be opened without ${wrong}`;
  expect(judged(served, MARKS, MARKS)).toMatchObject({
    findings: [{ ...told, because: superfluous, entries: [8], connection: 'c2' }],
  });
});

test('e2e-headers: any client has a user agent, so that header marks nobody', () => {
  const { 'user-agent': _agent, ...withoutAgent } = MARKS;
  expect(codesOf(judged(served, MARKS, AGENT))).toBe('holds');
  expect(codesOf(judged(served, withoutAgent, AGENT))).toBe('holds');
});
