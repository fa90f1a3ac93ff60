import type { AgentEvent } from '../protocol/agent-events.ts';
import { AGENT_EVENTS } from '../protocol/agent-events.ts';
import type { History } from '../history/entry.ts';
import { runsAskedOn } from '../history/runs.ts';
import type { Judgement } from './judgement.ts';
import { judgement } from './judgement.ts';
import { judgeAfterwards } from './run/afterwards.ts';
import type { Strictness } from './run/content.ts';
import { judgeContent } from './run/content.ts';
import { judgeEnding } from './run/ending.ts';
import type { OrderMode } from './run/order.ts';
import { ALLOWED, judgeAgents, judgeCompleteness, judgeOrder } from './run/order.ts';
import { judgeRepeats } from './run/repeats.ts';
import type { RunSubject } from './run/subject.ts';
import { subjectOfRun } from './run/subject.ts';
import { unreadDuring } from './run/unreadable.ts';
import type { RunBudgets } from './run/timing.ts';
import { judgeTiming } from './run/timing.ts';
import { judgeTools } from './run/tools.ts';
import type { Scope } from './subjects.ts';
import { doubtUnasked, openedSubjects } from './subjects.ts';
import type { Check } from './verdict.ts';

export interface AgentRunRules extends Scope {
  readonly budgets: RunBudgets;
  readonly order: OrderMode;
  /** Events that must occur. Default: all five, because the pinned prompt needs a tool (design rule 6). */
  readonly required?: readonly AgentEvent[];
  readonly strictness?: Strictness;
}

const TOOL_EVENTS = ['tool_executing', 'tool_completed'] as const;

/**
 * Each run delivers all its events to the connection that asked: in order, once, in time, with all their fields, and nothing
 * after its end. Judges each run by itself, to the end of the history, and reports all findings. What it does not see: whether
 * the answer of the agent is correct.
 */
export function agentRun(rules: AgentRunRules): Check {
  return (history: History) => {
    const judging = judgement('agent-run', `${ALLOWED[rules.order]} (order mode ${rules.order})`);
    for (const connection of openedSubjects(judging, history, rules)) {
      const runs = runsAskedOn(history, connection.name);
      const subjects = runs.map((run) => subjectOfRun(run, connection));
      for (const subject of subjects) judge(judging, history, subject, rules);
      judgeAfterwards(judging, history, subjects);
      if (runs.length === 0) doubtUnasked(judging, connection);
    }
    return judging.verdict(`every run delivered its events (order mode ${rules.order})`);
  };
}

function judge(judging: Judgement, history: History, subject: RunSubject, rules: AgentRunRules): void {
  const { order, required = AGENT_EVENTS, strictness = 'lenient', budgets } = rules;
  judging.cite(subject.run.request, ...subject.events);
  const unread = unreadDuring(judging, subject);
  judgeEnding(judging, subject, unread);
  judgeRepeats(judging, subject, order);
  judgeCompleteness(judging, subject, { order, required, unread });
  judgeAgents(judging, subject, order);
  judgeOrder(judging, subject, order);
  if (pairingApplies(subject, order, required)) judgeTools(judging, subject, unread);
  judgeTiming(judging, history, subject, budgets);
  judgeContent(judging, subject, { order, strictness });
}

/**
 * Pairing of tool events adds findings only where the other rules have none: a required event that is missing is reported as
 * missing, and in exact mode an event that is swapped or repeated is reported as that.
 */
function pairingApplies({ events }: RunSubject, order: OrderMode, required: readonly AgentEvent[]): boolean {
  const halves = events.flatMap(({ message }) => TOOL_EVENTS.filter((half) => half === message.event));
  const lost = TOOL_EVENTS.filter((half) => !halves.includes(half));
  if (lost.length > 0) return !lost.some((half) => required.includes(half));
  return order === 'grammar' || halves.join() === TOOL_EVENTS.join();
}
