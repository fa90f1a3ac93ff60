import { onOneLine } from '../history/visible-text.ts';
import { findingKind, isLeak } from '../checks/findings.ts';
import type { Finding, Verdict } from '../checks/verdict.ts';
import { findingsOf } from '../checks/verdict.ts';
import type { Diagnosis } from '../failures/diagnosis.ts';
import { linkTo, summary } from '../failures/diagnosis.ts';

const MOST_FINDINGS = 12;
const MOST_ENTRIES = 12;

/** How a verdict that does not hold opens its text; reports group by it. */
export const OPENING = { false: 'Violated:', unknown: 'Not verified:' } as const;

/**
 * The failure text of verdicts that do not hold: one block per finding, whose first line names check, phase, code and
 * blame. Right after the first comes what it looks like and what to look at next, where there is a diagnosis, so that both
 * are read without scrolling. `where` says what to look at, such as the attachment that draws the entries. Empty when all
 * hold.
 */
export function explain(verdicts: readonly Verdict[], where: string, diagnosis?: Diagnosis): string {
  const groups = alike(verdicts);
  const shown = groups.slice(0, MOST_FINDINGS).map((group) => block(group, where));
  const rest = groups.length - shown.length;
  const more = rest > 0 ? [`… and ${rest} more findings: see the attachment "verdicts"`] : [];
  const [first, ...others] = shown;
  if (first === undefined) return '';
  const next = diagnosis === undefined ? [] : [conclusion(diagnosis)];
  return [first, ...next, ...others, ...more].join('\n\n');
}

function conclusion(diagnosis: Diagnosis): string {
  const { signature, next, alternatives } = diagnosis;
  const others = alternatives.length === 0 ? '' : `; could also be ${alternatives.join(', ')}`;
  return [
    `  Diagnosis ${summary(diagnosis)}`,
    ...next.map((step) => `  Next      ${step}`),
    `  More      ${linkTo(signature)}${others}`,
  ].join('\n');
}

/** What one check found on one connection or on several. */
interface EqualFindings {
  readonly verdict: Verdict;
  readonly finding: Finding;
  readonly others: string[];
}

/** Findings of one check with the same code and blame on several connections are one. */
function alike(verdicts: readonly Verdict[]): readonly EqualFindings[] {
  const groups = new Map<string, EqualFindings>();
  for (const verdict of verdicts) {
    for (const finding of findingsOf(verdict)) {
      const { code, blame, connection } = finding;
      const key = [verdict.check, verdict.holds, code, blame].join(' ');
      const group = groups.get(key);
      if (group === undefined || connection === '' || connection === group.finding.connection) {
        groups.set(group === undefined ? key : `${key} ${groups.size}`, { verdict, finding, others: [] });
      } else if (!group.others.includes(connection)) group.others.push(connection);
    }
  }
  return [...groups.values()].toSorted((a, b) => Number(isLeak(b.finding.code)) - Number(isLeak(a.finding.code)));
}

function block({ verdict, finding, others }: EqualFindings, where: string): string {
  const opening = verdict.holds === 'unknown' ? OPENING.unknown : OPENING.false;
  const more = others.length === 0 ? [] : [`  Also on   ${listed(others)}`];
  return [
    `${opening} ${headline(verdict.check, finding)}`,
    ...more,
    `  Expected  ${onOneLine(finding.expected)}`,
    `  Found     ${onOneLine(finding.found)}`,
    `  Because   ${onOneLine(finding.because)}`,
    `  See       ${where}${numbers(finding.entries)}`,
  ].join('\n');
}

/** Check, phase, code and blame of a finding in one line. */
export function headline(check: string, { code, blame, connection }: Finding): string {
  const { phase, means } = findingKind(code);
  const at = connection === '' ? '' : ` on ${connection}`;
  return `${check} [${code}] in phase ${phase}, blame ${blame}${at}: ${means}`;
}

const MOST_NAMES = 8;

function listed(names: readonly string[]): string {
  const rest = names.length - MOST_NAMES;
  return `${names.slice(0, MOST_NAMES).join(', ')}${rest > 0 ? ` and ${rest} more connections` : ''}`;
}

function numbers(entries: readonly number[]): string {
  if (entries.length === 0) return '';
  const shown = [...new Set(entries)].slice(0, MOST_ENTRIES).map((index) => `#${index}`);
  return `, ${shown.length === 1 ? 'entry' : 'entries'} ${shown.join(', ')}`;
}
