import type { FindingCode } from '../checks/findings.ts';
import { trusted } from '../checks/subjects.ts';
import type { Finding, Verdict } from '../checks/verdict.ts';
import { findingsOf } from '../checks/verdict.ts';
import type { Connection } from '../history/connections.ts';
import { connectionsOf } from '../history/connections.ts';
import type { History } from '../history/entry.ts';

/** What signatures look at: one history, and what the checks found in it. */
export interface Evidence {
  readonly history: History;
  /** Of all verdicts that do not hold, each finding once. */
  readonly findings: readonly Finding[];
  readonly byCode: ReadonlyMap<string, readonly Finding[]>;
  readonly connections: readonly Connection[];
  readonly byName: ReadonlyMap<string, Connection>;
  /** The sockets that present a valid credential. */
  readonly trusted: readonly Connection[];
  /** The trusted sockets that a finding names. */
  readonly affected: readonly Connection[];
}

/** Collects the evidence; `undefined` when every verdict holds. */
export function evidenceOf(history: History, verdicts: readonly Verdict[]): Evidence | undefined {
  const findings = distinct(verdicts.flatMap(findingsOf));
  if (findings.length === 0) return undefined;
  const named = new Set(findings.map(({ connection }) => connection));
  const sockets = trusted(history);
  const affected = sockets.filter(({ name }) => named.has(name));
  const connections = connectionsOf(history);
  const byName = new Map(connections.map((connection) => [connection.name, connection]));
  return { history, findings, byCode: groupedByCode(findings), connections, byName, trusted: sockets, affected };
}

function groupedByCode(findings: readonly Finding[]): ReadonlyMap<string, readonly Finding[]> {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const group = groups.get(finding.code);
    if (group === undefined) groups.set(finding.code, [finding]);
    else group.push(finding);
  }
  return groups;
}

/** Always-on checks may repeat what a check of the test has found. */
function distinct(findings: readonly Finding[]): readonly Finding[] {
  return [...new Map(findings.map((finding) => [JSON.stringify(finding), finding])).values()];
}

/** The findings with one of the codes, code by code. */
export function reported(
  { byCode }: Evidence,
  codes: readonly FindingCode[],
  which: (finding: Finding) => boolean = () => true,
): readonly Finding[] {
  return codes.flatMap((code) => byCode.get(code) ?? []).filter((finding) => which(finding));
}

/**
 * The connections that findings are about, with any credential: each that a finding names, and, because one finding may be
 * about several connections, each whose opening it cites.
 */
export function namedBy(evidence: Evidence, findings: readonly Finding[]): readonly Connection[] {
  const names = new Set(findings.map(({ connection }) => connection));
  const cited = new Set(findings.flatMap(({ entries }) => entries));
  return evidence.connections.filter(
    ({ name, opened }) => names.has(name) || (opened !== undefined && cited.has(opened.index)),
  );
}
