import type { History } from '../history/entry.ts';
import { closing } from './closing.ts';
import { judge, judgement } from './judgement.ts';
import { handshake } from './handshake.ts';
import { isolation } from './isolation.ts';
import { secrets } from './secrets.ts';
import type { Check, Verdict } from './verdict.ts';
import { wellFormed } from './well-formed.ts';

/** The checks that every test's history must satisfy, unless the test breaks one on purpose (design rule 10). */
const ALWAYS_ON: Readonly<Record<string, Check>> = {
  handshake: handshake(),
  'well-formed': wellFormed(),
  isolation: isolation(),
  closing: closing(),
  secrets: secrets(),
};

/** The names of the always-on checks. */
export const ALWAYS_ON_CHECKS: readonly string[] = Object.keys(ALWAYS_ON);

/**
 * What is wrong with a finished history beyond what was told already: verdicts of the always-on checks that do not hold,
 * and a doubt when nothing was told at all. Throws when `exemptFrom` names no always-on check.
 */
export function alwaysOnFailures(
  history: History,
  told: readonly Verdict[],
  exemptFrom: readonly string[],
): readonly Verdict[] {
  const unknown = exemptFrom.filter((name) => !ALWAYS_ON_CHECKS.includes(name));
  if (unknown.length > 0) {
    throw new Error(
      `exemptFrom: expected names of always-on checks (${ALWAYS_ON_CHECKS.join(', ')}), got ${unknown.join(', ')}.`,
    );
  }
  const news = Object.entries(ALWAYS_ON)
    .filter(([name]) => !exemptFrom.includes(name))
    .map(([, check]) => judge(check, history))
    .filter((verdict) => verdict.holds !== true && !isIdle(verdict) && !isTold(verdict, told));
  return told.length === 0 ? [...news, nothingJudged()] : news;
}

const NOTHING_TO_SAY: readonly string[] = ['not-asked', 'not-connected', 'not-welcomed'];

/**
 * A check has nothing to say about a history that holds nothing for it, and about a connection that came to nothing: that is
 * told by the checks of the handshake, the welcome and the closing.
 */
export function isIdle(verdict: Verdict): boolean {
  return verdict.holds === 'unknown' && verdict.findings.every(({ code }) => NOTHING_TO_SAY.includes(code));
}

function isTold(verdict: Exclude<Verdict, { readonly holds: true }>, told: readonly Verdict[]): boolean {
  const codes = new Set(
    told.flatMap((other) =>
      other.holds === true || other.check !== verdict.check ? [] : other.findings.map(({ code }) => code),
    ),
  );
  return verdict.findings.every(({ code }) => codes.has(code));
}

function nothingJudged(): Verdict {
  const judging = judgement('evidence', 'a test judges at least one property');
  judging.doubted({ code: 'nothing-judged', because: 'the body of the test ended without a verdict', entries: [] });
  return judging.verdict('');
}
