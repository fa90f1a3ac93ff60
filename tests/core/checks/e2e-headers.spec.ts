import { expect, test } from '@playwright/test';
import { e2eHeadersAreNeutral } from '../../../src/checks/e2e-headers.ts';
import type { Verdict } from '../../../src/checks/index.ts';
import { E2E_HEADER_NAMES, e2eHeaders } from '../../../src/protocol/e2e-headers.ts';
import type { FakeHistory, FakeConnection } from '../histories/fake-history.ts';
import { fakeHistory } from '../histories/fake-history.ts';
import { events } from '../histories/run-letters.ts';
import { codesOf, judgesTo } from './judges-to.ts';

const MARKS = Object.fromEntries(E2E_HEADER_NAMES.map((name) => [name, 'a check']));
const PROMISE = 'the E2E headers are sent, and the product behaves alike with and without them';
const request = { kind: 'handshake-request', url: 'ws://x/ws', offered: [], user: 'u', credential: 'valid' } as const;
const ping = { type: 'ping' };
const pong = { type: 'pong' };
const CONNECT = { type: 'connect', data: { user_id: 'u' } };

function upgrade(fake: FakeHistory, name: string, headers: Readonly<Record<string, string>>): FakeConnection {
  return fake.socket(name, 'u').fact({ ...request, headers });
}

function judged(
  marked: (socket: FakeConnection) => FakeConnection,
  plain: (socket: FakeConnection) => FakeConnection,
  order: 'exact' | 'grammar' = 'exact',
): Verdict {
  const fake = fakeHistory();
  marked(upgrade(fake, 'c1', MARKS));
  plain(upgrade(fake, 'c2', {}));
  return e2eHeadersAreNeutral({ marked: 'c1', plain: 'c2', order })(fake.history);
}

const answered = (socket: FakeConnection): FakeConnection => socket.opens().welcomed().sends(ping).receives(pong);
const served = (socket: FakeConnection): FakeConnection =>
  answered(socket).runs(socket.name).event(socket.name, 'agent_started').event(socket.name, 'agent_completed');

const SENT = Object.fromEntries(
  Object.entries(e2eHeaders({ environment: 'staging', session: 's', userId: 'u' })).map(([name, value]) => [
    name.toLowerCase(),
    value,
  ]),
);

const converses =
  (letters: string) =>
  (socket: FakeConnection): void =>
    void events(answered(socket).runs('one'), letters).quiet();
const silent = (socket: FakeConnection): void => void socket.opens().welcomed().sends(ping).deadline('pong');

const pair =
  (headers: object, marked: (socket: FakeConnection) => void, plain: (socket: FakeConnection) => void) =>
  ({ socket }: FakeHistory): void => {
    marked(socket('c1').fact({ ...request, headers: { ...headers } }));
    plain(socket('c2').fact({ ...request, headers: {} }));
  };

judgesTo('e2e-headers', e2eHeadersAreNeutral({ marked: 'c1', plain: 'c2', order: 'exact' }), [
  { title: 'two alike', gives: 'holds', history: pair(SENT, converses('STXCD'), converses('STXCD')) },
  {
    title: 'headers that were not sent',
    gives: 'headers-not-sent',
    history: pair({}, converses('STXCD'), converses('STXCD')),
  },
  {
    title: 'a refusal with the headers only',
    gives: 'headers-change-behaviour not-welcomed',
    history: pair(SENT, (socket) => void socket.refused(500), converses('STXCD')),
  },
  {
    title: 'one thought more where the order is exact',
    gives: 'headers-change-behaviour',
    history: pair(SENT, converses('STTXCD'), converses('STXCD')),
  },
  {
    title: 'two silences',
    gives: 'unknown: not-served not-served',
    history: pair(SENT, silent, silent),
  },
]);

judgesTo('e2e-headers', e2eHeadersAreNeutral({ marked: 'c1', plain: 'c2', order: 'grammar' }), [
  {
    title: 'one thought more where an agent may think twice',
    gives: 'holds',
    history: pair(SENT, converses('STTXCD'), converses('STXCD')),
  },
  {
    title: 'no tool with the headers',
    gives: 'headers-change-behaviour',
    history: pair(SENT, converses('STD'), converses('STXCD')),
  },
]);

const failed = (socket: FakeConnection): FakeConnection =>
  answered(socket).runs(socket.name).event(socket.name, 'agent_started').event(socket.name, 'agent_error');

const DIFFERENCES: Readonly<
  Record<string, readonly [(socket: FakeConnection) => FakeConnection, 'exact' | 'grammar', string, string]>
> = {
  'an upgrade that is left without an answer': [
    (socket) => socket,
    'exact',
    'outcome',
    'nothing, without them accepted',
  ],
  'an upgrade that is refused': [
    (socket) => socket.refused(500),
    'exact',
    'outcome',
    'upgrade-crashed, without them accepted',
  ],
  'a welcome of another type': [
    (socket) => socket.opens().receives(CONNECT).sends(ping).receives(pong).runs('c1').event('c1', 'agent_completed'),
    'exact',
    'welcome',
    'connect, without them system_message',
  ],
  'no welcome': [(socket) => socket.opens(), 'exact', 'welcome', 'none, without them system_message'],
  'a ping that is not answered': [
    (socket) => served(socket).sends(ping),
    'exact',
    'pongs',
    '1 of 2, without them 1 of 1',
  ],
  'a run that fails': [
    failed,
    'grammar',
    'events',
    'agent_error, agent_started, without them agent_completed, agent_started',
  ],
  'a run more': [
    (socket) => served(socket).runs('again').event('again', 'agent_completed'),
    'exact',
    'events',
    'agent_started → agent_completed; agent_completed, without them agent_started → agent_completed',
  ],
};

for (const [what, [marked, order, aspect, difference]] of Object.entries(DIFFERENCES)) {
  test(`e2e-headers: ${what} is reported as another ${aspect}`, () => {
    const verdict = judged(marked, served, order);
    expect(verdict.holds === false ? verdict.findings[0] : verdict).toMatchObject({
      code: 'headers-change-behaviour',
      expected: PROMISE,
      found: `another ${aspect}`,
      because: `${aspect}: with the headers ${difference}`,
      connection: 'c1',
    });
  });
}

test('e2e-headers: a difference cites both upgrade requests', () => {
  expect(judged(failed, served)).toMatchObject({ check: 'e2e-headers', findings: [{ entries: [0, 8] }] });
});

/** Both connections with the same history. */
function judgedAlike(record: (socket: FakeConnection) => FakeConnection, marks = MARKS, plain = {}): Verdict {
  const fake = fakeHistory();
  record(upgrade(fake, 'c1', marks));
  record(upgrade(fake, 'c2', plain));
  return e2eHeadersAreNeutral({ marked: 'c1', plain: 'c2', order: 'exact' })(fake.history);
}

const SILENCES: Readonly<Record<string, readonly [(socket: FakeConnection) => FakeConnection, string, string]>> = {
  'no welcome': [
    (socket) => socket.opens().sends(ping).receives(pong).runs('x').event('x', 'agent_completed'),
    'not-welcomed',
    'a welcome',
  ],
  'no pong': [
    (socket) => socket.opens().welcomed().sends(ping).runs(socket.name).event(socket.name, 'agent_completed'),
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

for (const [what, [record, code, lacking]] of Object.entries(SILENCES)) {
  test(`e2e-headers: two sockets with ${what} prove nothing, and say so of each`, () => {
    const because = (name: string) => `${name} never got ${lacking}, so there is nothing to compare`;
    const length = fakeHistory();
    record(upgrade(length, 'c1', MARKS));
    const last = length.history.length - 1;
    expect(judgedAlike(record)).toMatchObject({
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
    served(socket).sends(ping).runs(`${socket.name}-open`).event(`${socket.name}-open`, 'agent_started');
  expect(codesOf(judgedAlike(open))).toBe('holds');
});

test('e2e-headers: what both sockets are compared by must be there', () => {
  for (const [name, headers] of [
    ['c1', MARKS],
    ['c2', {}],
  ] as const) {
    const fake = fakeHistory();
    served(upgrade(fake, name, headers));
    expect(codesOf(e2eHeadersAreNeutral({ marked: 'c1', plain: 'c2', order: 'exact' })(fake.history))).toBe(
      'unknown: not-asked',
    );
  }
});

const OTHERS = E2E_HEADER_NAMES.filter((name) => name !== 'user-agent');
const AGENT = { 'user-agent': 'a check' };

test('e2e-headers: headers that are missing or superfluous are named, and the upgrade request is cited', () => {
  const fake = { code: 'headers-not-sent', blame: 'harness', found: OTHERS.join(', ') };
  const wrong = `the E2E headers; wrong: ${OTHERS.join(', ')}`;
  const missing = `c1 was to be opened with ${wrong}`;
  expect(judgedAlike(served, AGENT, {})).toMatchObject({
    findings: [{ ...fake, because: missing, entries: [0], connection: 'c1' }],
  });
  const superfluous = `c2 was to be opened without ${wrong}`;
  expect(judgedAlike(served, MARKS, MARKS)).toMatchObject({
    findings: [{ ...fake, because: superfluous, entries: [8], connection: 'c2' }],
  });
});

test('e2e-headers: any client has a user agent, so that header marks nobody', () => {
  const { 'user-agent': _agent, ...withoutAgent } = MARKS;
  expect(codesOf(judgedAlike(served, MARKS, AGENT))).toBe('holds');
  expect(codesOf(judgedAlike(served, withoutAgent, AGENT))).toBe('holds');
});
