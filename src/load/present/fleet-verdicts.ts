import type { Finding, Verdict } from '../../checks/verdict.ts';
import type { DoubtCode } from '../../checks/findings.ts';
import { isDoubt } from '../../checks/findings.ts';
import { CONVERSATION_CHECKS } from '../../checks/standard-checks.ts';
import type { FleetResult } from '../observe/fleet-result.ts';
import type { ObservedFinding } from '../observe/observation.ts';
import type { UserResult } from '../observe/user-result.ts';

/** Finds the number of an entry of one virtual user's history in the history that the verdict is about. */
export type Renumber = (user: number, index: number) => number | undefined;

/**
 * One verdict per check over all virtual users, and one on whether all were judged at all. Entries are numbered as in the history
 * that holds what was kept. A pass rests on the users that passed; where none did, nothing is known.
 */
export function fleetVerdicts(fleet: FleetResult, renumber: Renumber): readonly Verdict[] {
  const passed = new Set(fleet.users.filter(({ outcome }) => outcome === 'passed').map(({ number }) => number));
  const evidence = fleet.kept.flatMap(({ number }) => (passed.has(number) ? (renumber(number, 0) ?? []) : []));
  return [
    ...CONVERSATION_CHECKS.map((check) => verdictOf(check, fleet, evidence, renumber)),
    completeness(fleet, evidence),
  ];
}

function verdictOf(check: string, fleet: FleetResult, evidence: readonly number[], renumber: Renumber): Verdict {
  const found = fleet.users.flatMap((user) =>
    user.findings.filter((finding) => finding.check === check).map((finding) => ({ user, finding })),
  );
  const findings = found.map(({ user, finding }) => asFinding(user, finding, renumber));
  const certain = found.some(({ finding }) => finding.certain);
  const count = new Set(found.map(({ user }) => user.number)).size;
  return verdict(
    check,
    findings,
    certain,
    `${count} of ${fleet.expected} connections: ${findings[0]?.because}`,
    evidence,
  );
}

function verdict(
  check: string,
  [first, ...more]: readonly Finding[],
  certain: boolean,
  because: string,
  evidence: readonly number[],
): Verdict {
  if (first !== undefined && certain) return { check, because, notes: [], holds: false, findings: [first, ...more] };
  const [proof, ...proofs] = evidence;
  if (first === undefined && proof !== undefined) {
    return { check, because: 'no connection broke it', notes: [], holds: true, evidence: [proof, ...proofs] };
  }
  const doubts = [...(first === undefined ? [nothing(check)] : [first]), ...more].filter(isDoubtful);
  const [doubt = nothing(check), ...others] = doubts;
  return { check, because, notes: [], holds: 'unknown', findings: [doubt, ...others] };
}

function completeness(fleet: FleetResult, evidence: readonly number[]): Verdict {
  const doubts = fleet.unjudged.map(({ because }) => ({ ...nothing('every connection is judged'), because }));
  const judged = fleet.users.length;
  const unexplained = fleet.expected - judged - fleet.unjudged.reduce((sum, { range }) => sum + range.count, 0);
  const all = unexplained > 0 ? [...doubts, nothing(`${unexplained} connections are judged`)] : doubts;
  const because = `${fleet.expected - judged} of ${fleet.expected} connections were not judged: ${all[0]?.because}`;
  return verdict('fleet', all, false, because, evidence);
}

function asFinding(user: UserResult, finding: ObservedFinding, renumber: Renumber): Finding {
  const { certain: _certain, check: _check, ...rest } = finding;
  const entries = finding.entries.flatMap((index) => renumber(user.number, index) ?? []);
  return { ...rest, connection: user.connection, entries };
}

function isDoubtful(finding: Finding): finding is Finding<DoubtCode> {
  return isDoubt(finding.code);
}

function nothing(expected: string): Finding<DoubtCode> {
  const because = 'nothing was judged';
  return { code: 'nothing-judged', blame: 'harness', expected, found: because, because, entries: [], connection: '' };
}
