import { expect, test } from '@playwright/test';
import { array, assert, constantFrom, nat, property, tuple } from 'fast-check';
import { judge } from '../../../src/checks/judgement.ts';
import { agentRun, closing, handshake, heartbeat, isolation, refuses, welcome } from '../../../src/checks/index.ts';
import { AGENT_EVENTS } from '../../../src/protocol/agent-events.ts';
import { diagnose } from '../../../src/failures/diagnosis.ts';
import { diagnosisMarkdown } from '../../../src/report/diagnosis-markdown.ts';
import { BUDGETS } from '../histories/budgets.ts';
import { fakeHistory } from '../histories/fake-history.ts';
import type { FakeConnection } from '../histories/fake-history.ts';

const CHECKS = [
  handshake(),
  refuses(),
  welcome(BUDGETS),
  heartbeat(BUDGETS),
  agentRun({ budgets: BUDGETS, order: 'grammar' }),
  isolation(),
  closing(),
];

/** Everything that can happen on a socket, in whatever order. */
const HAPPENINGS: readonly ((socket: FakeConnection) => unknown)[] = [
  (socket) => socket.asks(),
  (socket) => socket.asks('expired'),
  (socket) => socket.opens(),
  (socket) => socket.refused(403, 'Forbidden'),
  (socket) => socket.refused(503),
  (socket) => socket.fact({ kind: 'refused', code: 'ECONNRESET', because: 'socket hang up' }),
  (socket) => socket.welcomed(),
  (socket) => socket.welcomed('demo-user-001'),
  (socket) => socket.says({ type: 'ping', timestamp: 7 }),
  (socket) => socket.hears({ type: 'pong' }),
  (socket) => socket.hears({ type: 'error_message', error_code: 'NO_TOKEN', error_message: 'no token' }),
  (socket) => socket.runs('r1'),
  ...AGENT_EVENTS.map((event) => (socket: FakeConnection) => socket.event('r1', event)),
  (socket) => socket.event('r1', 'agent_error'),
  (socket) => socket.deadline('run r1'),
  (socket) => socket.deadline('pong'),
  (socket) => socket.deadline('welcome'),
  (socket) => socket.quiet(),
  (socket) => socket.closed(1000, '', 'us'),
  ...[1000, 1001, 1006, 1008, 1011, 1013, 4001].map((code) => (socket: FakeConnection) => socket.closed(code)),
];

const happening = tuple(constantFrom('c1', 'c2', 'c3'), nat(HAPPENINGS.length - 1));

test('any history is diagnosed exactly when a verdict does not hold, and never breaks the diagnosis', () => {
  assert(
    property(array(happening, { maxLength: 25 }), (happenings) => {
      const told = fakeHistory();
      for (const [name, number] of happenings) HAPPENINGS[number]?.(told.socket(name, 'anna'));
      const verdicts = CHECKS.map((check) => judge(check, told.history));
      const diagnosis = diagnose(told.history, verdicts);
      expect(diagnosis !== undefined).toBe(verdicts.some(({ holds }) => holds !== true));
      if (diagnosis === undefined) return;
      expect(diagnosis.alternatives).not.toContain(diagnosis.signature);
      expect(diagnosisMarkdown(diagnosis)).not.toContain('undefined');
    }),
    { numRuns: 300 },
  );
});
