import type { History } from '../history/entry.ts';
import type { AgentRunRules } from './agent-run.ts';
import { isIdleDoubt } from './findings.ts';
import type { Budgets } from '../history/budgets.ts';
import { judge, judgement } from './judgement.ts';
import { ALWAYS_ON, agentRun, handshake, heartbeat, welcome } from './registry.ts';
import type { Check, Verdict } from './verdict.ts';
import { findingsOf } from './verdict.ts';

const ALWAYS_ON_CHECKS: ReadonlyMap<string, Check> = new Map(ALWAYS_ON.map((make) => [make.checkName, make()]));

/** The checks that every test's history must satisfy, unless the test breaks one on purpose. */
export function alwaysOnChecks(): readonly Check[] {
  return [...ALWAYS_ON_CHECKS.values()];
}

/** Whether every test's history must satisfy the check of this name. */
export function isAlwaysOn(check: string): boolean {
  return ALWAYS_ON_CHECKS.has(check);
}

/** The checks of a user who connects, pings, asks an agent and closes, in the order in which they judge. */
const CONVERSATION = [...new Set([handshake, welcome, heartbeat, agentRun, ...ALWAYS_ON])];

export type ConversationCheck = (typeof CONVERSATION)[number]['checkName'];

/** The names of these checks. */
export const CONVERSATION_CHECKS: readonly ConversationCheck[] = CONVERSATION.map(({ checkName }) => checkName);

/** What a conversation promises: budgets and order mode. */
export interface ConversationRules extends Omit<AgentRunRules, 'of'> {
  readonly budgets: AgentRunRules['budgets'] & Pick<Budgets, 'connectBudgetMs' | 'welcomeBudgetMs' | 'pongBudgetMs'>;
}

/** The checks of a conversation; only those of `wanted`, where it is given. */
export function conversationChecks(
  rules: ConversationRules,
  wanted: readonly ConversationCheck[] = CONVERSATION_CHECKS,
): readonly Check[] {
  const checks = new Map<string, Check>([
    ...ALWAYS_ON_CHECKS,
    [welcome.checkName, welcome(rules.budgets)],
    [heartbeat.checkName, heartbeat(rules.budgets)],
    [agentRun.checkName, agentRun(rules)],
  ]);
  return CONVERSATION_CHECKS.filter((name) => wanted.includes(name)).flatMap((name) => checks.get(name) ?? []);
}

/**
 * What is wrong with a finished history beyond the verdicts that are `known`: verdicts of the always-on checks that do not
 * hold, and a doubt when there is no verdict at all. Throws when `exemptFrom` names no always-on check.
 */
export function alwaysOnFailures(
  history: History,
  known: readonly Verdict[],
  exemptFrom: readonly string[],
): readonly Verdict[] {
  const unknown = exemptFrom.filter((name) => !isAlwaysOn(name));
  if (unknown.length > 0) {
    throw new Error(
      `exemptFrom: expected names of always-on checks (${[...ALWAYS_ON_CHECKS.keys()].join(', ')}), got ${unknown.join(', ')}.`,
    );
  }
  const news = [...ALWAYS_ON_CHECKS]
    .filter(([name]) => !exemptFrom.includes(name))
    .map(([, check]) => judge(check, history))
    .filter((verdict) => verdict.holds !== true && !isIdle(verdict) && !isKnown(verdict, known))
    .filter((verdict) => !isAcceptanceOfAnybody(verdict));
  return known.length === 0 ? [...news, nothingJudged()] : news;
}

/**
 * Whether a check has nothing to judge: the history holds nothing for it, or its connections failed, which the checks of the
 * handshake, the welcome and the closing find.
 */
export function isIdle(verdict: Verdict): boolean {
  return verdict.holds === 'unknown' && verdict.findings.every(({ code }) => isIdleDoubt(code));
}

/** Where authentication is bypassed, only the tests that ask for the handshake check are not verified by it. */
function isAcceptanceOfAnybody(verdict: Verdict): boolean {
  return verdict.check === 'handshake' && findingsOf(verdict).every(({ code }) => code === 'auth-bypass-active');
}

function isKnown(verdict: Verdict, known: readonly Verdict[]): boolean {
  const codes = new Set(
    known.flatMap((other) => (other.check === verdict.check ? findingsOf(other) : [])).map(({ code }) => code),
  );
  return findingsOf(verdict).every(({ code }) => codes.has(code));
}

function nothingJudged(): Verdict {
  const judging = judgement('evidence', 'a test judges at least one property');
  judging.doubted({ code: 'nothing-judged', because: 'the body of the test ended without a verdict', entries: [] });
  return judging.verdict('');
}
