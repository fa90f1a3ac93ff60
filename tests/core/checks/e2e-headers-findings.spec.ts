import { expect, test } from '@playwright/test';
import { e2eHeadersAreNeutral } from '../../../src/checks/e2e-headers.ts';
import type { Verdict } from '../../../src/checks/index.ts';
import { E2E_HEADER_NAMES } from '../../../src/protocol/e2e-headers.ts';
import type { FakeHistory, FakeConnection } from '../histories/fake-history.ts';
import { fakeHistory } from '../histories/fake-history.ts';

const MARKS = Object.fromEntries(E2E_HEADER_NAMES.map((name) => [name, 'told']));
const PROMISE = 'the E2E headers are sent, and the product behaves alike with and without them';
const request = { kind: 'handshake-request', url: 'ws://x/ws', offered: [], user: 'u', credential: 'valid' } as const;
const ping = { type: 'ping' };
const pong = { type: 'pong' };
const CONNECT = { type: 'connect', data: { user_id: 'u' } };

function upgrade(told: FakeHistory, name: string, headers: Readonly<Record<string, string>>): FakeConnection {
  return told.socket(name, 'u').fact({ ...request, headers });
}

function judged(
  marked: (socket: FakeConnection) => FakeConnection,
  plain: (socket: FakeConnection) => FakeConnection,
  order: 'exact' | 'grammar' = 'exact',
): Verdict {
  const told = fakeHistory();
  marked(upgrade(told, 'c1', MARKS));
  plain(upgrade(told, 'c2', {}));
  return e2eHeadersAreNeutral({ marked: 'c1', plain: 'c2', order })(told.history);
}

const answered = (socket: FakeConnection): FakeConnection => socket.opens().welcomed().says(ping).hears(pong);
const served = (socket: FakeConnection): FakeConnection =>
  answered(socket).runs(socket.name).event(socket.name, 'agent_started').event(socket.name, 'agent_completed');
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
    (socket) => socket.opens().hears(CONNECT).says(ping).hears(pong).runs('c1').event('c1', 'agent_completed'),
    'exact',
    'welcome',
    'connect, without them system_message',
  ],
  'no welcome': [(socket) => socket.opens(), 'exact', 'welcome', 'none, without them system_message'],
  'a ping that is not answered': [
    (socket) => served(socket).says(ping),
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
  test(`e2e-headers: ${what} is told as another ${aspect}`, () => {
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
