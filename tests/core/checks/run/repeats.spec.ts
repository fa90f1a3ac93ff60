import { expect, test } from '@playwright/test';
import type { AgentRunRules } from '../../../../src/checks/agent-run.ts';
import type { FakeConnection } from '../../histories/fake-history.ts';
import { askedForOne, runFindings } from './run-findings.ts';

const REQUIRED = { required: ['agent_started', 'agent_completed'] } as const;

/** Starts and completions by agent, such as `+Data -Data`; a sign alone names no agent, `error` is a failure, other words are thoughts. */
function recordAgents(c1: FakeConnection, words: string): void {
  for (const [step, word] of words.split(' ').entries()) {
    const agent = word.length > 1 ? { agent_name: word.slice(1) } : {};
    if (word.startsWith('+')) c1.event('one', 'agent_started', { step, ...agent });
    else if (word.startsWith('-')) c1.event('one', 'agent_completed', { step, ...agent });
    else c1.event('one', word === 'error' ? 'agent_error' : 'agent_thinking', { step });
  }
  c1.quiet();
}

const AGENTS: readonly (readonly [AgentRunRules['order'], string, readonly string[]])[] = [
  ['grammar', '+Main +Data -Data +Data -Data -Main', []],
  ['grammar', '+Main +Main -Main', ['event-duplicated #5']],
  ['grammar', '+Main +Data -Data +Data +Data -Data -Main', ['event-duplicated #8']],
  ['grammar', '+Main +Data thought +Data -Data -Main', ['event-duplicated #7']],
  ['grammar', '+Main +Data +Other -Other +Data -Data -Main', ['event-duplicated #8']],
  ['grammar', '+Main +Data - +Data -Data -Main', []],
  ['grammar', '+Main +Other -Other +Data -Data -Main', []],
  ['grammar', '+ + -', []],
  ['grammar', '+ thought thought -', []],
  ['grammar', '+Main -Main -Main', ['event-duplicated #6']],
  ['grammar', '+Main -Main -Data', ['event-after-end #6']],
  ['grammar', '+Main -Main +Data -Main', ['event-after-end #6', 'event-after-end #7']],
  ['grammar', '+Main -Main thought -Main', ['event-after-end #6', 'event-duplicated #7']],
  ['grammar', '+Main -Main -Main +Data', ['event-duplicated #6', 'event-after-end #7']],
  ['exact', '+Main -Main +Data -Main', ['event-after-end #6', 'event-duplicated #7']],
  ['exact', '+Main -Main thought -Data', ['event-after-end #6', 'event-after-end #7']],
  ['grammar', '+Main error thought -Main', ['run-failed #5']],
  ['grammar', '+Main error thought', ['run-failed #5', 'event-after-end #6']],
  ['grammar', '+Main error -Main thought', ['run-failed #5', 'event-after-end #7']],
  ['grammar', '+Main error error -Main', ['run-failed #5']],
];

for (const [order, words, expected] of AGENTS) {
  test(`agent-run: ${words} in ${order} order is ${expected.join(', ') || 'no finding'}`, () => {
    const findings = runFindings((fake) => recordAgents(askedForOne(fake), words), { order, ...REQUIRED });
    expect(findings.map(({ code, entries }) => `${code} #${entries.at(-1)}`)).toEqual(expected);
  });
}

const SAME_AGAIN: readonly (readonly [string, object, object, readonly string[]])[] = [
  [
    'a later time and another message id',
    { message_id: 'm1' },
    { message_id: 'm2', timestamp: 2 },
    ['event-duplicated'],
  ],
  ['another step', { step_number: 1 }, { step_number: 2 }, []],
  ['another thought', { reasoning: 'Costs' }, { reasoning: 'Usage' }, []],
  [
    'another envelope',
    { payload: { reasoning: 'Costs', step_number: 1 } },
    { data: { thought: 'Costs', metadata: { step_number: 1 } } },
    ['event-duplicated'],
  ],
];

for (const [difference, first, second, expected] of SAME_AGAIN) {
  test(`agent-run: a thought that comes again with ${difference} gives ${expected.length} findings`, () => {
    const findings = runFindings(
      (fake) =>
        askedForOne(fake)
          .event('one', 'agent_started')
          .event('one', 'agent_thinking', first)
          .event('one', 'agent_thinking', second)
          .event('one', 'agent_completed')
          .quiet(),
      { order: 'grammar', ...REQUIRED },
    );
    expect(findings.map(({ code }) => code)).toEqual(expected);
  });
}
