import { expect, test } from '@playwright/test';
import {
  CONVERSATION_CHECKS,
  alwaysOnChecks,
  alwaysOnFailures,
  conversationChecks,
  isAlwaysOn,
  isIdle,
} from '../../../src/checks/standard-checks.ts';
import type { DoubtCode } from '../../../src/checks/findings.ts';
import { agentRun, closing, handshake, secrets, welcome } from '../../../src/checks/index.ts';
import { judgement } from '../../../src/checks/judgement.ts';
import type { Check, Verdict } from '../../../src/checks/index.ts';
import { BUDGETS } from '../histories/budgets.ts';
import { fakeHistory } from '../histories/fake-history.ts';

function checksIn(verdicts: readonly Verdict[]): readonly string[] {
  return verdicts.map(({ check, holds }) => `${check} ${holds}`);
}

test('always-on checks: a violation that the test did not ask about is reported', () => {
  const { history, socket } = fakeHistory();
  socket('c1').ready().closed(1011, 'gone');
  const known = [welcome(BUDGETS)(history)];
  expect(checksIn(alwaysOnFailures(history, known, []))).toEqual(['closing false']);
  expect(alwaysOnFailures(history, known, ['closing'])).toEqual([]);
});

test('always-on checks: of a refused connection its refusal is reported once, and nothing that follows from it', () => {
  const { history, socket } = fakeHistory();
  socket('c1').asks().refused(503);
  expect(checksIn(alwaysOnFailures(history, [welcome(BUDGETS)(history)], []))).toEqual(['handshake false']);
  expect(alwaysOnFailures(history, [handshake()(history)], [])).toEqual([]);
});

test('always-on checks: a test that judged nothing is reported', () => {
  const { history, socket } = fakeHistory();
  socket('c1').ready();
  expect(alwaysOnFailures(history, [], [])).toEqual([
    {
      check: 'evidence',
      holds: 'unknown',
      because: 'the body of the test ended without a verdict',
      notes: [],
      findings: [
        {
          code: 'nothing-judged',
          blame: 'harness',
          expected: 'a test judges at least one property',
          found: 'nothing to judge',
          because: 'the body of the test ended without a verdict',
          entries: [],
          connection: '',
        },
      ],
    },
  ]);
});

test('always-on checks: what a check said before the history went on does not keep it from reporting more', () => {
  const { history, socket } = fakeHistory();
  const c1 = socket('c1').ready();
  const held = closing()(history);
  c1.closed(1011, 'gone');
  expect(held.holds).toBe(true);
  expect(checksIn(alwaysOnFailures(history, [held], []))).toEqual(['closing false']);
  const known = closing()(history);
  expect(alwaysOnFailures(history, [known], [])).toEqual([]);
});

test('always-on checks: a finding counts as known only when the same check reported it', () => {
  const { history, socket } = fakeHistory();
  socket('c1').ready().closed(1011, 'gone');
  const byAnother = { ...closing()(history), check: 'another check' };
  expect(checksIn(alwaysOnFailures(history, [byAnother], []))).toEqual(['closing false']);
});

test('always-on checks: a check that reported one of its findings still reports the other', () => {
  const { history, socket } = fakeHistory();
  const c1 = socket('c1').ready().receives({ type: 'ack', token: '[redacted:token]' });
  const known = secrets()(history);
  c1.sends({ type: 'chat', content: 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl' });
  expect(checksIn(alwaysOnFailures(history, [known], []))).toEqual(['secrets false']);
});

const DOUBTS: readonly (readonly [boolean, readonly DoubtCode[]])[] = [
  [true, ['not-asked']],
  [true, ['not-connected']],
  [true, ['not-welcomed']],
  [true, ['not-asked', 'not-connected', 'not-welcomed']],
  [false, ['not-connected', 'not-served']],
  [false, ['not-served']],
];

for (const [idle, codes] of DOUBTS) {
  test(`always-on checks: a doubt of ${codes.join(' and ')} ${idle ? 'says nothing' : 'is reported'}`, () => {
    const judging = judgement('a check', 'what is promised');
    for (const code of codes) judging.doubted({ code, because: 'it is reported', entries: [] });
    expect(isIdle(judging.verdict(''))).toBe(idle);
  });
}

test('always-on checks: a check that holds has said something', () => {
  const judging = judgement('a check', 'what is promised');
  judging.cite({ index: 0 });
  expect(isIdle(judging.verdict('it holds'))).toBe(false);
});

test('always-on checks: an exemption from a check that does not exist is refused with the names of those that do', () => {
  expect(() => alwaysOnFailures([], [], ['closign'])).toThrow(
    /expected names of always-on checks \(.*closing.*\), got closign/,
  );
});

const namesOf = (checks: readonly Check[]): readonly (string | undefined)[] =>
  checks.map(({ savedAs }) => savedAs?.check);

test('standard checks: the always-on checks are those of every test, each under its own name', () => {
  const names = namesOf(alwaysOnChecks());
  expect(names).toEqual(['handshake', 'well-formed', 'isolation', 'closing', 'secrets']);
  expect([...names, 'welcome', 'astrology'].filter((name) => isAlwaysOn(name ?? ''))).toEqual(names);
});

test('standard checks: a conversation is judged by its own checks and the always-on ones, or by those that are wanted', () => {
  const rules = { budgets: BUDGETS, order: 'exact' } as const;
  expect(namesOf(conversationChecks(rules))).toEqual(CONVERSATION_CHECKS);
  expect(CONVERSATION_CHECKS).toEqual([
    'handshake',
    'welcome',
    'heartbeat',
    'agent-run',
    'well-formed',
    'isolation',
    'closing',
    'secrets',
  ]);
  const wanted = conversationChecks(rules, ['secrets', 'agent-run']);
  expect(namesOf(wanted)).toEqual(['agent-run', 'secrets']);
  expect(wanted[0]?.savedAs?.rules).toEqual(agentRun(rules).savedAs?.rules);
});
