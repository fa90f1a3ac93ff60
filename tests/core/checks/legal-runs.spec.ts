import { expect, test } from '@playwright/test';
import * as fc from 'fast-check';
import { agentRun } from '../../../src/checks/agent-run.ts';
import { isolation } from '../../../src/checks/isolation.ts';
import { wellFormed } from '../../../src/checks/well-formed.ts';
import type { AgentRunRules } from '../../../src/checks/agent-run.ts';
import { codesOf } from './judges-to.ts';
import { fakeHistory } from '../histories/fake-history.ts';
import type { FakeHistory } from '../histories/fake-history.ts';
import type { SentEvent } from '../histories/legal-runs.ts';
import { legalRun, plainRun } from '../histories/legal-runs.ts';
import { MUTATIONS } from '../histories/run-mutations.ts';

/** `PROPERTY_SEED=n` repeats what a failure printed; without it every run tries other histories. */
const SEED = Number(process.env['PROPERTY_SEED'] ?? Date.now() % 0x7fffffff);

const HOUR_MS = 3_600_000;
const RULES: AgentRunRules = {
  order: 'grammar',
  required: ['agent_started', 'agent_completed'],
  budgets: { firstEventBudgetMs: HOUR_MS, eventGapBudgetMs: HOUR_MS, runBudgetMs: HOUR_MS },
};

test.beforeEach(({}, { annotations }) => {
  annotations.push({ type: 'seed', description: String(SEED) });
});

/** Records several runs at once, each on the socket of its own user or on one they share, in an order that `picks` chooses. */
function recordTogether(
  { socket }: FakeHistory,
  runs: readonly (readonly SentEvent[])[],
  shared: boolean,
  picks: readonly number[],
): void {
  const sockets = runs.map((_, at) => (shared && at > 0 ? undefined : socket(`c${at}`).ready()));
  const [first] = sockets;
  const left = runs.map((run, at) => ({ id: `thread${at}xyz`, on: sockets[at] ?? first, events: [...run] }));
  for (const { id, on } of left) on?.runs(id);
  for (let turn = 0; left.some(({ events }) => events.length > 0); turn += 1) {
    const open = left.filter(({ events }) => events.length > 0);
    const next = open[(picks[turn % picks.length] ?? 0) % open.length];
    const fake = next?.events.shift();
    if (fake !== undefined) next?.on?.event(next.id, fake.event, fake.more);
  }
  for (const on of sockets) on?.quiet();
}

test('property: runs that the grammar allows give no finding, however they interleave', () => {
  const several = fc.array(legalRun, { minLength: 1, maxLength: 4 });
  const picks = fc.array(fc.nat({ max: 3 }), { minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(several, fc.boolean(), picks, (runs, shared, order) => {
      const fake = fakeHistory();
      recordTogether(fake, runs, shared, order);
      const verdicts = [agentRun(RULES), isolation(), wellFormed()].map((check) => codesOf(check(fake.history)));
      expect(verdicts).toEqual(['holds', 'holds', 'holds']);
    }),
    { seed: SEED, numRuns: 300 },
  );
});

for (const { name, mutate, gives } of MUTATIONS) {
  test(`property: a legal run ${name} gives ${gives}`, () => {
    fc.assert(
      fc.property(plainRun, fc.nat(), (run, at) => {
        const fake = fakeHistory();
        mutate(fake, run, at);
        const codes = [agentRun(RULES), isolation()].map((check) => codesOf(check(fake.history))).join(' ');
        expect(codes.split(' ')).toContain(gives);
      }),
      { seed: SEED, numRuns: 100 },
    );
  });
}
