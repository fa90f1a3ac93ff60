import type { Owner, Phase } from '../checks/blame.ts';
import type { FindingCode } from '../checks/findings.ts';
import type { Finding } from '../checks/verdict.ts';
import type { Connection } from '../history/connections.ts';
import type { EntryOf } from '../history/entry.ts';
import type { Evidence } from './evidence.ts';
import { namedBy, reported } from './evidence.ts';
import type { NextStep } from './next-step.ts';
import { probesOf } from './probes.ts';

/**
 * How much a match says, least first: a failure of any kind (`residual`), a whole family of failures (`family`), one finding
 * code (`finding`), several facts together (`combination`), or a text that no other failure sends (`mark`).
 */
export const SPECIFICITIES = ['residual', 'family', 'finding', 'combination', 'mark'] as const;

export type Specificity = (typeof SPECIFICITIES)[number];

/** What a signature found. The connection that shows it best comes first. */
export interface Match {
  readonly connections: readonly Connection[];
  /** The findings that made it; left out where the connections themselves did. */
  readonly findings?: readonly Finding[];
  readonly probes?: readonly EntryOf<'probe'>[];
  /** What was measured beyond that which is measured of every connection. */
  readonly measured?: readonly string[];
  /** Differs from the signature's where the same failure can happen in several phases. */
  readonly phase?: Phase;
  readonly blame?: Owner;
  /** Differs from the signature's where some ways to match say more than others. */
  readonly specificity?: Specificity;
}

/** Looks for a failure in the evidence; `undefined` when it is not there. */
export type Matcher = (evidence: Evidence) => Match | undefined;

interface Described<Id extends string, LooksLike extends string> {
  readonly id: Id;
  /** What happened, as a clause. */
  readonly title: string;
  /** What the reader of a report sees, in Markdown. */
  readonly seen: string;
  /** What that means, in Markdown. */
  readonly meaning: string;
  readonly phase: Phase;
  readonly blame: Owner;
  /** How it is recognised, in words. */
  readonly rule: string;
  readonly specificity: Specificity;
  /** Other failures that look the same on the wire. */
  readonly sharesWith?: readonly LooksLike[];
  /** Causes that would explain it; never asserted. */
  readonly candidates: readonly string[];
  /** What to look at next. */
  readonly next: readonly NextStep[];
  /** Failures that this one looks like in other tests of the same run: there they are its consequences. */
  readonly alsoShowsAs?: readonly LooksLike[];
  /** Left out for a failure that is neither a security nor a privacy problem. */
  readonly severity?: Exclude<Severity, 'other'>;
}

/** How bad a failure is beside what it hides, worst first. */
export const SEVERITIES = ['security', 'privacy', 'other'] as const;

export type Severity = (typeof SEVERITIES)[number];

interface ByCodes {
  /** The finding codes, any of which shows the failure. */
  readonly codes: readonly FindingCode[];
  /** Which of these findings count; all of them unless it is given. */
  readonly only?: (finding: Finding, evidence: Evidence) => boolean;
}

interface ByMatcher {
  readonly matches: Matcher;
}

/**
 * One recognisable way to fail: how it shows, and where that leads. All texts are for people without server logs. It is
 * recognised by finding codes alone, or by a matcher that reads more than the findings.
 */
export type Signature<Id extends string = string, LooksLike extends string = string> = Described<Id, LooksLike> &
  (ByCodes | ByMatcher);

/** What the signature finds in the evidence; `undefined` when the failure is another one. */
export function matchOfSignature(signature: Signature, evidence: Evidence): Match | undefined {
  const matches = 'codes' in signature ? onFinding(signature.codes, signature.only) : signature.matches;
  return matches(evidence);
}

/** A matcher for findings with one of the codes. The sentences of the findings are what was measured. */
export function onFinding(codes: readonly FindingCode[], only: ByCodes['only'] = () => true): Matcher {
  return (evidence) =>
    matchOf(
      evidence,
      reported(evidence, codes, (finding) => only(finding, evidence)),
    );
}

const MOST_SENTENCES = 3;

/** The match that findings make; `undefined` when there are none. */
export function matchOf(evidence: Evidence, findings: readonly Finding[]): Match | undefined {
  if (findings.length === 0) return undefined;
  const sentences = [...new Set(findings.map(({ because }) => because))];
  const rest = sentences.length - MOST_SENTENCES;
  const measured = [...sentences.slice(0, MOST_SENTENCES), ...(rest > 0 ? [`and ${rest} more like these`] : [])];
  return { connections: namedBy(evidence, findings), findings, probes: probesOf(evidence, findings), measured };
}

/** The match that connections make; `undefined` when there are none. */
export function matchOn(connections: readonly Connection[], more: Omit<Match, 'connections'> = {}): Match | undefined {
  return connections.length === 0 ? undefined : { ...more, connections };
}
