import type { History } from '../history/entry.ts';
import type { Owner } from './blame.ts';
import type { DoubtCode, FindingCode, ViolationCode } from './findings.ts';

/** One violation, or one reason for not knowing, with the entries that show it. */
export interface Finding<Code extends FindingCode = FindingCode> {
  readonly code: Code;
  /** What the check says; `open` only after a diagnosis could not tell. */
  readonly blame: Owner;
  readonly expected: string;
  readonly found: string;
  /** One sentence that names the first divergence. */
  readonly because: string;
  /** Indices into the history. */
  readonly entries: readonly number[];
  /** The connection that the finding is about; empty when it is about no single connection. */
  readonly connection: string;
}

/** Something to report that is no violation. */
export interface Note {
  readonly code: NoteCode;
  readonly because: string;
  readonly entries: readonly number[];
}

export const NOTE_CODES = [
  'degraded',
  'welcome-names-no-user',
  'oversize-dropped',
  'input-ignored',
  'timestamp-missing',
  'tool-calls-alike',
  'agent-failed',
  'timestamp-zone',
  'probe-blocked',
  'limit-answer',
  'no-restart-seen',
  'event-before-welcome',
  'browser-silent',
  'client-promise-unmet',
  'handshake-absent',
  'refused-by-other-code',
] as const;

export type NoteCode = (typeof NOTE_CODES)[number];

type AtLeastOne<T> = readonly [T, ...T[]];

/** What one check says of one history. A pass rests on entries; a failure says what is wrong. */
export type Verdict = {
  readonly check: string;
  readonly because: string;
  readonly notes: readonly Note[];
} & (
  | { readonly holds: true; readonly evidence: AtLeastOne<number> }
  | { readonly holds: false; readonly findings: AtLeastOne<Finding> }
  | { readonly holds: 'unknown'; readonly findings: AtLeastOne<Finding<DoubtCode>> }
);

/** How a recording saves a check: its name and its rules, as plain values. */
export interface SavedCheck {
  readonly check: string;
  readonly rules: readonly unknown[];
}

/** A property of a finished history. */
export interface Check {
  (history: History): Verdict;
  /** How a recording saves this check; left out where a check cannot be made again from a name and plain values. */
  readonly savedAs?: SavedCheck;
}

/** A finding as a check reports it: blame and connection have defaults. */
export type Reported<Code extends FindingCode> = Omit<Finding<Code>, 'blame' | 'connection'> &
  Partial<Pick<Finding, 'blame' | 'connection'>>;

export type Violation = Reported<ViolationCode>;

/** A doubt as a check reports it: what it expects is the promise of its check, unless it is given. */
export type Doubt = Omit<Reported<DoubtCode>, 'expected' | 'found'> & Partial<Pick<Finding, 'expected' | 'found'>>;

const SEVERITY = { true: 0, unknown: 1, false: 2 } as const;

/** The worst of several verdicts: a violation before a doubt before a pass. Of several equal ones, the first. */
export function worst(verdicts: AtLeastOne<Verdict>): Verdict {
  return verdicts.reduce((worse, next) => (severityOf(next) > severityOf(worse) ? next : worse));
}

function severityOf(verdict: Verdict): number {
  return SEVERITY[`${verdict.holds}`];
}

/** The findings of a verdict; a pass has none. */
export function findingsOf(verdict: Verdict): readonly Finding[] {
  return verdict.holds === true ? [] : verdict.findings;
}
