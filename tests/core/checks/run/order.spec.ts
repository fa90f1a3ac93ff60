import { expect, test } from '@playwright/test';
import { agentRun } from '../../../../src/checks/agent-run.ts';
import { BUDGETS } from '../../histories/budgets.ts';
import { judgesTo } from '../judges-to.ts';
import type { AgentRunRules } from '../../../../src/checks/agent-run.ts';
import type { Finding } from '../../../../src/checks/verdict.ts';
import type { FakeHistory } from '../../histories/fake-history.ts';
import { askedForOne, runFindings } from './run-findings.ts';
import { events, LETTERS } from '../../histories/run-letters.ts';

const run = (letters: string) => (fake: FakeHistory) => events(askedForOne(fake), letters).quiet();

judgesTo('agent-run', agentRun({ budgets: BUDGETS, order: 'exact' }), [
  { title: 'STXCD in exact order', gives: 'holds', history: run('STXCD') },
  { title: 'TXCD in exact order', gives: 'event-missing', history: run('TXCD') },
  { title: 'SXCD in exact order', gives: 'event-missing', history: run('SXCD') },
  { title: 'STCD in exact order', gives: 'event-missing', history: run('STCD') },
  { title: 'STXD in exact order', gives: 'event-missing', history: run('STXD') },
  { title: 'SCTD in exact order', gives: 'event-missing event-out-of-order', history: run('SCTD') },
  { title: 'TSXCD in exact order', gives: 'event-out-of-order', history: run('TSXCD') },
  { title: 'SXTCD in exact order', gives: 'event-out-of-order', history: run('SXTCD') },
  { title: 'STCXD in exact order', gives: 'event-out-of-order', history: run('STCXD') },
  { title: 'STXDC in exact order', gives: 'event-after-end', history: run('STXDC') },
  { title: 'STTXCD in exact order', gives: 'event-duplicated', history: run('STTXCD') },
  { title: 'STXCD! in exact order', gives: 'event-duplicated', history: run('STXCD!') },
  { title: 'SSTXCD in exact order', gives: 'event-duplicated', history: run('SSTXCD') },
  { title: 'STXCDT in exact order', gives: 'event-after-end', history: run('STXCDT') },
  {
    title: 'DCXTS in exact order',
    gives: 'event-after-end event-after-end event-after-end event-after-end',
    history: run('DCXTS'),
  },
]);

judgesTo('agent-run', agentRun({ budgets: BUDGETS, order: 'grammar' }), [
  { title: 'STXCD in grammar order', gives: 'holds', history: run('STXCD') },
  { title: 'STTXTCXCTD in grammar order', gives: 'holds', history: run('STTXTCXCTD') },
  { title: 'STXXCCD in grammar order', gives: 'holds', history: run('STXXCCD') },
  { title: 'STXD in grammar order', gives: 'event-missing', history: run('STXD') },
  { title: 'STXXCD in grammar order', gives: 'tool-unpaired', history: run('STXXCD') },
  { title: 'STXCCD in grammar order', gives: 'tool-unpaired', history: run('STXCCD') },
  { title: 'STD in grammar order', gives: 'event-missing event-missing', history: run('STD') },
  { title: 'TSXCD in grammar order', gives: 'event-out-of-order', history: run('TSXCD') },
  { title: 'SXTCD in grammar order', gives: 'holds', history: run('SXTCD') },
  { title: 'STCXD in grammar order', gives: 'event-out-of-order', history: run('STCXD') },
  { title: 'ST!XCD in grammar order', gives: 'event-duplicated', history: run('ST!XCD') },
]);

const EXACT = 'agent_started → agent_thinking → tool_executing → tool_completed → agent_completed, once each';
const GRAMMAR = 'agent_started (agent_thinking | tool_executing … tool_completed | sub-agent)* agent_completed';
const PAIRED = 'each tool_executing is followed by its own tool_completed';

const OF_THE_PRODUCT = { blame: 'product', connection: 'c1' } as const;

const namesOf = (letters: string) => letters.split('').map((letter) => LETTERS[letter]);

type Expected = Pick<Finding, 'code' | 'expected' | 'because' | 'entries'>;

const FINDINGS: readonly (readonly [string, AgentRunRules['order'], Expected])[] = [
  [
    'STCD',
    'exact',
    {
      code: 'event-missing',
      expected: EXACT,
      because: 'run one: it completed at agent_completed (#7) without tool_executing',
      entries: [3, 7],
    },
  ],
  [
    'STCXD',
    'exact',
    {
      code: 'event-out-of-order',
      expected: EXACT,
      because: 'run one: tool_completed (#6) arrived before tool_executing (#7)',
      entries: [6, 7],
    },
  ],
  [
    'TXSCD',
    'grammar',
    {
      code: 'event-out-of-order',
      expected: GRAMMAR,
      because: 'run one: agent_thinking (#4) arrived before agent_started (#6)',
      entries: [4, 6],
    },
  ],
  [
    'STCXD',
    'grammar',
    {
      code: 'event-out-of-order',
      expected: PAIRED,
      because: 'run one: tool_completed (#6) arrived before tool_executing (#7)',
      entries: [6, 7],
    },
  ],
  [
    'STXCXD',
    'grammar',
    {
      code: 'tool-unpaired',
      expected: PAIRED,
      because: 'run one: tool_executing (#8) of cost_analyzer never completes',
      entries: [8, 9],
    },
  ],
  [
    'STXCCD',
    'grammar',
    {
      code: 'tool-unpaired',
      expected: PAIRED,
      because: 'run one: tool_completed (#8) of cost_analyzer completes what never started',
      entries: [8],
    },
  ],
  [
    'STTXCD',
    'exact',
    {
      code: 'event-duplicated',
      expected: EXACT,
      because: 'run one: agent_thinking (#6) repeats agent_thinking (#5), 10 ms later',
      entries: [5, 6],
    },
  ],
  [
    'STXCDD',
    'grammar',
    {
      code: 'event-duplicated',
      expected: GRAMMAR,
      because: 'run one: agent_completed (#9) repeats agent_completed (#8), 10 ms later',
      entries: [8, 9],
    },
  ],
  [
    'STXCDT',
    'exact',
    {
      code: 'event-after-end',
      expected: 'nothing after the end',
      because: 'run one: agent_thinking (#9) arrived 10 ms after the end of the run, agent_completed (#8)',
      entries: [8, 9],
    },
  ],
];

for (const [letters, order, expected] of FINDINGS) {
  test(`agent-run: the finding of ${letters} in ${order} order, ${expected.code}`, () => {
    expect(runFindings(run(letters), { order })).toEqual([
      { ...OF_THE_PRODUCT, found: namesOf(letters).join(' → '), ...expected },
    ]);
  });
}
