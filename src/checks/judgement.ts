import type { Entry, History } from '../history/entry.ts';
import { onOneLine } from '../history/visible-text.ts';
import { findingKind } from './findings.ts';
import type { DoubtCode, FindingCode } from './findings.ts';
import type { Check, Doubt, Finding, Note, Reported, Verdict, Violation } from './verdict.ts';

/** Collects all that one check finds in one history, and gives the verdict at the end. */
export interface Judgement {
  /** Counts an entry as evidence for the property. */
  cite(...entries: readonly Pick<Entry, 'index'>[]): void;
  /** Reports a violation. */
  violated(violation: Violation): void;
  /** Reports that something could not be verified. */
  doubted(doubt: Doubt): void;
  note(note: Note): void;
  /** The verdict. `because` is the sentence of a pass. Without any evidence the verdict is unknown. */
  verdict(because: string): Verdict;
}

/** Opens the judgement of a check; `promise` is what it expects, in words. */
export function judgement(check: string, promise: string): Judgement {
  const evidence: number[] = [];
  const violations: Finding[] = [];
  const doubts: Finding<DoubtCode>[] = [];
  const notes: Note[] = [];
  const counts = new Map<string, number>();
  /** Whether one more finding of this code on this connection is kept; the last that is kept says so. */
  const bounded = <Code extends FindingCode>(finding: Finding<Code>): readonly Finding<Code>[] => {
    const key = `${finding.code} ${finding.connection}`;
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    if (count > MOST_ALIKE) return [];
    return [count < MOST_ALIKE ? finding : { ...finding, because: `${finding.because}; ${NO_MORE}` }];
  };
  return {
    cite(...entries) {
      for (const entry of entries) evidence.push(entry.index);
    },
    violated(violation) {
      for (const finding of bounded(completed(violation))) violations.push(finding);
    },
    doubted(doubt) {
      for (const finding of bounded(completed({ expected: promise, found: 'nothing to judge', ...doubt }))) {
        doubts.push(finding);
      }
    },
    note: (note) => void notes.push({ ...note, because: onOneLine(note.because) }),
    verdict(because) {
      const [violation, ...moreViolations] = violations;
      if (violation !== undefined) {
        const findings = [violation, ...moreViolations, ...doubts] as const;
        return { check, holds: false, because: violation.because, notes, findings };
      }
      const [doubt, ...moreDoubts] = doubts;
      if (doubt !== undefined) {
        return { check, holds: 'unknown', because: doubt.because, notes, findings: [doubt, ...moreDoubts] };
      }
      if (isSome(evidence)) return { check, holds: true, because, notes, evidence };
      return { check, holds: 'unknown', because: NOTHING_ASKED, notes, findings: [notAsked(promise)] };
    },
  };
}

/** So many findings with one code on one connection are kept: a flood of bad messages must not flood the report. */
const MOST_ALIKE = 100;
const NO_MORE = `this is finding ${MOST_ALIKE} of its kind on this connection; more are not listed`;

/** A type guard that copies nothing: a check of a long history cites very many entries. */
function isSome(numbers: readonly number[]): numbers is readonly [number, ...number[]] {
  return numbers.length > 0;
}

const NOTHING_ASKED = 'the history holds nothing that this check judges';

function notAsked(promise: string): Finding<DoubtCode> {
  const found = 'no such thing in the history';
  return completed({ code: 'not-asked', expected: promise, found, because: NOTHING_ASKED, entries: [] });
}

/** The sentences quote what a server sent, and are read in terminals, browsers and mails. */
function completed<Code extends FindingCode>(reported: Reported<Code>): Finding<Code> {
  const { blame = findingKind(reported.code).blame, connection = '', expected, found, because, ...rest } = reported;
  const said = { expected: onOneLine(expected), found: onOneLine(found), because: onOneLine(because) };
  return { ...rest, ...said, blame, connection };
}

/** Judges a history by a check. When the check crashes, the verdict is unknown and blames the harness (design rule 1). */
export function judge(check: Check, history: History): Verdict {
  try {
    return check(history);
  } catch (error) {
    const judging = judgement('unknown check', 'the check judges the history');
    const because = `the check crashed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
    judging.doubted({ code: 'check-crashed', because, entries: [] });
    return judging.verdict('');
  }
}
