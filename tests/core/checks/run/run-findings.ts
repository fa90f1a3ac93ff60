import type { AgentRunRules } from '../../../../src/checks/agent-run.ts';
import { agentRun } from '../../../../src/checks/agent-run.ts';
import type { Finding } from '../../../../src/checks/verdict.ts';
import { findingsOf } from '../../../../src/checks/verdict.ts';
import { BUDGETS } from '../../histories/budgets.ts';
import type { FakeHistory, FakeConnection } from '../../histories/fake-history.ts';
import { fakeHistory } from '../../histories/fake-history.ts';

/** What the check of agent runs finds in a history made by hand; nothing where it holds. In exact order unless the rules say otherwise. */
export function runFindings(
  record: (fake: FakeHistory) => unknown,
  rules: Partial<AgentRunRules> = {},
): readonly Finding[] {
  const fake = fakeHistory();
  record(fake);
  const verdict = agentRun({ budgets: BUDGETS, order: 'exact', ...rules })(fake.history);
  return findingsOf(verdict);
}

/** A ready socket on which the run `one` was asked for. The request is the entry 3. */
export function askedForOne({ socket }: FakeHistory): FakeConnection {
  return socket('c1').ready().runs('one');
}
