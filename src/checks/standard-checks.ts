import type { History } from '../history/entry.ts';
import type { AgentRunRules } from './agent-run.ts';
import { isIdleDoubt } from './findings.ts';
import type { Budgets } from '../history/budgets.ts';
import { judge, judgement } from './judgement.ts';
import { agentRun, closing, handshake, heartbeat, isolation, secrets, welcome, wellFormed } from './registry.ts';
import type { Check, Verdict } from './verdict.ts';
import { findingsOf } from './verdict.ts';

/** The names of the checks that every test's history must satisfy (design rule 10), in the order in which they judge. */
export const ALWAYS_ON_CHECKS = ['handshake', 'well-formed', 'isolation', 'closing', 'secrets'] as const;

const ALWAYS_ON: Readonly<Record<(typeof ALWAYS_ON_CHECKS)[number], Check>> = {
  handshake: handshake(),
  'well-formed': wellFormed(),
  isolation: isolation(),
  closing: closing(),
  secrets: secrets(),
};

/** The checks that every test's history must satisfy, unless the test breaks one on purpose. */
export function alwaysOnChecks(): readonly Check[] {
  return ALWAYS_ON_CHECKS.map((name) => ALWAYS_ON[name]);
}

/** The names of the checks of a conversation, in the order in which they judge. */
export const CONVERSATION_CHECKS = [
  'handshake',
  'welcome',
  'heartbeat',
  'agent-run',
  'isolation',
  'well-formed',
  'closing',
  'secrets',
] as const;

export type ConversationCheck = (typeof CONVERSATION_CHECKS)[number];

/** What a conversation promises: budgets and order mode. */
export interface ConversationRules extends Omit<AgentRunRules, 'of'> {
  readonly budgets: AgentRunRules['budgets'] & Pick<Budgets, 'welcomeBudgetMs' | 'pongBudgetMs'>;
}

/** The checks of a user who connects, pings, asks an agent and closes; only those of `wanted`, where it is given. */
export function conversationChecks(
  rules: ConversationRules,
  wanted: readonly ConversationCheck[] = CONVERSATION_CHECKS,
): readonly Check[] {
  const checks: Readonly<Record<ConversationCheck, Check>> = {
    ...ALWAYS_ON,
    welcome: welcome(rules.budgets),
    heartbeat: heartbeat(rules.budgets),
    'agent-run': agentRun(rules),
  };
  return CONVERSATION_CHECKS.filter((name) => wanted.includes(name)).map((name) => checks[name]);
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
  const unknown = exemptFrom.filter((name) => !ALWAYS_ON_CHECKS.some((check) => check === name));
  if (unknown.length > 0) {
    throw new Error(
      `exemptFrom: expected names of always-on checks (${ALWAYS_ON_CHECKS.join(', ')}), got ${unknown.join(', ')}.`,
    );
  }
  const news = ALWAYS_ON_CHECKS.filter((name) => !exemptFrom.includes(name))
    .map((name) => judge(ALWAYS_ON[name], history))
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

/** That anybody is accepted spoils the tests that ask for the handshake, not those that rest on no identity. */
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
