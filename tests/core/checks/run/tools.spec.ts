import { expect, test } from '@playwright/test';
import { agentRun } from '../../../../src/checks/agent-run.ts';
import { BUDGETS } from '../../histories/budgets.ts';
import { fakeHistory } from '../../histories/fake-history.ts';
import { codesOf } from '../judges-to.ts';
import type { AgentRunRules } from '../../../../src/checks/agent-run.ts';
import type { FakeConnection } from '../../histories/fake-history.ts';
import { askedForOne, runFindings } from './run-findings.ts';
import { events } from '../../histories/run-letters.ts';

interface Half {
  readonly of?: string;
  readonly execution?: string;
}

const starts = ({ of = '', execution = '' }: Half) => tool('tool_executing', of, execution);
const completes = ({ of = '', execution = '' }: Half) => tool('tool_completed', of, execution);

function tool(event: 'tool_executing' | 'tool_completed', name: string, execution: string) {
  return (c1: FakeConnection, step: number) =>
    c1.event('one', event, { tool_name: name, execution_id: execution, step });
}

type Halves = readonly ReturnType<typeof tool>[];

/** What pairing finds in a run that starts, uses these tools and completes. */
function pairing(halves: Halves, order: AgentRunRules['order'] = 'grammar'): readonly string[] {
  const findings = runFindings(
    (fake) => {
      const c1 = events(askedForOne(fake), 'ST');
      halves.forEach((record, step) => record(c1, step));
      events(c1, 'D').quiet();
    },
    { order },
  );
  return findings.filter(({ code }) => code !== 'event-field-missing').map(({ because }) => because);
}

const PAIRINGS: Readonly<Record<string, readonly [Halves, readonly string[]]>> = {
  'of one execution, whatever each half is called': [
    [starts({ of: 'a', execution: '1' }), completes({ of: 'b', execution: '1' })],
    [],
  ],
  'of one tool, but of other executions': [
    [starts({ of: 'a', execution: '1' }), completes({ of: 'a', execution: '2' })],
    [
      'run one: tool_completed (#7) of a completes what never started',
      'run one: tool_executing (#6) of a never completes',
    ],
  ],
  'of which only the start names its execution': [[starts({ of: 'a', execution: '1' }), completes({ of: 'a' })], []],
  'of which only the completion names its execution': [
    [starts({ of: 'a' }), completes({ of: 'a', execution: '1' })],
    [],
  ],
  'of other tools': [
    [starts({ of: 'a' }), completes({ of: 'b' })],
    [
      'run one: tool_completed (#7) of b completes what never started',
      'run one: tool_executing (#6) of a never completes',
    ],
  ],
  'of which only the start names its tool': [[starts({ of: 'a' }), completes({})], []],
  'of which only the completion names its tool': [[starts({}), completes({ of: 'a' })], []],
  'without any name': [
    [starts({}), completes({}), starts({})],
    ['run one: tool_executing (#8) of an unnamed tool never completes'],
  ],
  'of two tools, crossed': [
    [starts({ of: 'a' }), starts({ of: 'b' }), completes({ of: 'a' }), completes({ of: 'b' })],
    [],
  ],
  'of two tools, one of them the wrong way round': [
    [completes({ of: 'b' }), starts({ of: 'a' }), starts({ of: 'b' }), completes({ of: 'a' })],
    ['run one: tool_completed (#6) arrived before tool_executing (#8)'],
  ],
};

for (const [name, [halves, expected]] of Object.entries(PAIRINGS)) {
  test(`agent-run: halves of tools ${name} give ${expected.length} findings`, () => {
    expect(pairing(halves)).toEqual(expected);
  });
}

test('agent-run: in exact order the one tool completes as itself', () => {
  expect(pairing([starts({ of: 'a' }), completes({ of: 'b' })], 'exact')).toEqual([
    'run one: tool_completed (#7) of b completes what never started',
    'run one: tool_executing (#6) of a never completes',
  ]);
});

test('agent-run: in exact order a half that comes twice is a duplicate, and no unpaired tool', () => {
  const codes = ['STXXCD', 'STXCCD', 'STCXCD'].map((letters) =>
    runFindings((fake) => events(askedForOne(fake), letters).quiet()).map(({ code }) => code),
  );
  expect(codes).toEqual([['event-duplicated'], ['event-duplicated'], ['event-duplicated', 'event-out-of-order']]);
});

const LOST: readonly (readonly [string, string, AgentRunRules['order'], NonNullable<AgentRunRules['required']>])[] = [
  ['STXD', 'event-missing', 'grammar', ['tool_completed']],
  ['STXD', 'tool-unpaired', 'grammar', ['tool_executing']],
  ['STCD', 'event-missing', 'grammar', ['tool_executing']],
  ['STCD', 'tool-unpaired', 'grammar', ['tool_completed']],
  ['STXD', 'tool-unpaired', 'exact', []],
  ['STXCXCD', '', 'grammar', ['tool_executing', 'tool_completed']],
];

for (const [letters, code, order, required] of LOST) {
  test(`agent-run: ${letters} in ${order} order that owes ${required.join(' and ') || 'no tool'} is ${code || 'no finding'}`, () => {
    const findings = runFindings((fake) => events(askedForOne(fake), letters).quiet(), { order, required });
    expect(findings.map((finding) => finding.code).join(' ')).toBe(code);
  });
}

test('agent-run: a run without tools holds where no tool is required', () => {
  const { history, socket } = fakeHistory();
  events(socket('c1').ready().runs('one'), 'STD').quiet();
  const required = ['agent_started', 'agent_completed'] as const;
  expect(codesOf(agentRun({ budgets: BUDGETS, order: 'grammar', required })(history))).toBe('holds');
});

for (const spelling of ['call_id', 'tool_use_id', 'toolCallId', 'tool_run_id', 'execution_id', 'id']) {
  test(`agent-run: parallel calls of one tool are paired by ${spelling}`, () => {
    const call = (id: string, n: number) => ({ [spelling]: id, n });
    const found = (second: string) =>
      runFindings(
        (fake) => {
          const c1 = events(askedForOne(fake), 'ST');
          c1.event('one', 'tool_executing', call('x1', 1)).event('one', 'tool_executing', call('x2', 2));
          c1.event('one', 'tool_completed', call('x2', 3)).event('one', 'tool_completed', call(second, 4));
          events(c1, 'D').quiet();
        },
        { order: 'grammar' },
      ).map(({ because }) => because);
    expect(found('x1')).toEqual([]);
    expect(found('x2')).toEqual([
      'run one: tool_completed (#9) of cost_analyzer completes what never started',
      'run one: tool_executing (#6) of cost_analyzer never completes',
    ]);
  });
}

test('agent-run: parallel calls that nothing distinguishes are a note, and so is said of one that never completes', () => {
  const record = (completions: number) => {
    const fake = fakeHistory();
    const c1 = events(askedForOne(fake), 'ST');
    for (const n of [1, 2]) c1.event('one', 'tool_executing', { n });
    for (let n = 0; n < completions; n += 1) c1.event('one', 'tool_completed', { n });
    events(c1, 'D').quiet();
    return agentRun({ budgets: BUDGETS, order: 'grammar' })(fake.history);
  };
  expect([codesOf(record(2)), record(2).notes.map(({ code }) => code)]).toEqual(['holds', ['tool-calls-alike']]);
  expect(record(1).because).toBe(
    'run one: tool_executing (#7) of cost_analyzer never completes; it or tool_executing (#6): nothing distinguishes these calls',
  );
});
