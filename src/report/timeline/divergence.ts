import { extremesOf } from '../../history/extremes.ts';
import type { Entry, History } from '../../history/entry.ts';
import { PHASES } from '../../checks/blame.ts';
import { findingKind, isDoubt, isLeak } from '../../checks/findings.ts';
import type { Finding, Verdict } from '../../checks/verdict.ts';
import { findingsOf } from '../../checks/verdict.ts';

/** Where a history left what was promised, as one check saw it. */
export interface Divergence {
  readonly check: string;
  readonly finding: Finding;
  /** A doubt: something could not be verified. */
  readonly isDoubt: boolean;
  /** The entry at which it showed; undefined when the finding cites none. */
  readonly entry: Entry | undefined;
}

/**
 * Everything that is wrong, leaks first, then what explains the rest: violations before doubts, then by phase, because what fails early
 * explains what fails late, then by the moment at which it showed.
 */
export function divergences(history: History, verdicts: readonly Verdict[]): readonly Divergence[] {
  const all = verdicts.flatMap((verdict) =>
    findingsOf(verdict).map((finding) => ({
      check: verdict.check,
      finding,
      isDoubt: isDoubt(finding.code),
      entry: lastCited(history, finding),
    })),
  );
  return all.toSorted(
    (a, b) =>
      leakOf(b) - leakOf(a) ||
      Number(a.isDoubt) - Number(b.isDoubt) ||
      phaseOf(a) - phaseOf(b) ||
      orderOf(a) - orderOf(b),
  );
}

/** The connections that a finding is about; none when it is about none in particular. */
export function connectionsIn(history: History, { connection, entries }: Finding): readonly string[] {
  if (connection !== '') return [connection];
  return [...new Set(entries.flatMap((index) => history[index]?.connection ?? []))].filter((name) => name !== '');
}

function lastCited(history: History, { entries }: Finding): Entry | undefined {
  const latest = extremesOf(entries)?.most;
  return latest === undefined ? undefined : history[latest];
}

function phaseOf({ finding }: Divergence): number {
  return PHASES.indexOf(findingKind(finding.code).phase);
}

function orderOf({ entry }: Divergence): number {
  return entry?.index ?? -1;
}

function leakOf({ finding }: Divergence): number {
  return Number(isLeak(finding.code));
}
