import { findingKind } from '../../checks/findings.ts';
import { openSteps } from '../../failures/next-step.ts';
import { SIGNATURES } from '../../failures/signatures/index.ts';
import { symptomsOf } from '../../failures/symptoms.ts';
import type { Symptom } from '../../failures/symptoms.ts';
import { OPENING } from '../../report/explain.ts';
import { restoredHistory } from '../../report/saved-history.ts';
import type { FleetResult } from '../observe/fleet-result.ts';
import type { ObservedFinding } from '../observe/observation.ts';
import type { UserResult } from '../observe/user-result.ts';

const MOST_NAMES = 15;

/** Whether every connection was judged and passed. */
export function fleetHolds({ users, expected, unjudged, stopped }: FleetResult): boolean {
  const passed = users.filter(({ outcome }) => outcome === 'passed').length;
  return expected > 0 && passed === expected && unjudged.length === 0 && stopped.length === 0;
}

/** The failure text of a fleet: failed connections by what was found, then those that were not judged, and why. Empty when it holds. */
export function explainFleet(fleet: FleetResult, where: string): string {
  if (fleetHolds(fleet)) return '';
  const { users, expected, unjudged, stopped } = fleet;
  const failed = users.filter(({ outcome }) => outcome === 'failed').length;
  const unverified = users.filter(({ outcome }) => outcome === 'unverified').length;
  const missing = expected - users.length;
  const opening = failed > 0 ? OPENING.false : OPENING.unknown;
  const passed = users.length - failed - unverified;
  return [
    `${opening} fleet of ${expected} connections: ${passed} passed, ${failed} failed, ${unverified} could not be verified, ${missing} were not judged`,
    ...groupFindings(fleet).map((group) => groupText(group, symptomOf(group, fleet))),
    ...stopped.map((because) => `  Stopped   ${because}`),
    ...unjudged.map(({ because }) => `  Not judged  ${because}`),
    `  See       ${where}`,
  ].join('\n');
}

/** What one failed connection of the group looks like, if its history was kept. */
function symptomOf({ check, certain, users }: FindingGroup, { kept }: FleetResult): Symptom | undefined {
  const user = users.find(({ number }) => kept.some((each) => each.number === number));
  const entries = kept.find(({ number }) => number === user?.number)?.entries;
  if (user === undefined || entries === undefined) return undefined;
  const findings = user.findings.map((finding) => ({ ...finding, connection: user.connection }));
  const [first, ...more] = findings.toSorted((a, b) => Number(b.check === check) - Number(a.check === check));
  if (first === undefined || !certain) return undefined;
  const verdict = { check, because: first.because, notes: [], holds: false, findings: [first, ...more] } as const;
  const { symptoms } = symptomsOf(restoredHistory(entries), [verdict]);
  return symptoms.find(({ codes, echoes }) => codes.includes(first.code) || echoes.includes(first.code));
}

function diagnosisLines({ signature, phase, owner }: Symptom): readonly string[] {
  const { title, next } = SIGNATURES.find(({ id }) => id === signature) ?? { title: signature, next: [] };
  return [
    `            Diagnosis ${signature}: ${title} (phase ${phase}, blame ${owner})`,
    ...openSteps(next, []).map((step) => `            Next      ${step}`),
  ];
}

function groupText(
  { check, code, blame, certain, users, example }: FindingGroup,
  symptom: Symptom | undefined,
): string {
  const { phase, means } = findingKind(code);
  const names = users.slice(0, MOST_NAMES).map(({ connection }) => connection);
  const rest = users.length - names.length;
  return [
    `  ${certain ? 'Violated' : 'Not verified'}  ${check} [${code}] in phase ${phase}, blame ${symptom?.owner ?? blame}, ${users.length} connections: ${means}`,
    `            ${names.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`,
    `            first: ${example.because}`,
    ...(symptom === undefined ? [] : diagnosisLines(symptom)),
  ].join('\n');
}

/** The virtual users at which one check found the same thing. */
export interface FindingGroup {
  readonly check: string;
  readonly code: ObservedFinding['code'];
  readonly blame: ObservedFinding['blame'];
  readonly certain: boolean;
  readonly users: readonly UserResult[];
  /** What was found at the first of them. */
  readonly example: ObservedFinding;
}

/** All findings of a fleet, one group per check, code and blame: violations first, the largest first. */
export function groupFindings({ users }: Pick<FleetResult, 'users'>): readonly FindingGroup[] {
  const groups = new Map<string, { readonly example: ObservedFinding; readonly users: Set<UserResult> }>();
  for (const user of users) {
    for (const finding of user.findings) {
      const key = [finding.check, finding.code, finding.blame].join(' ');
      const group = groups.get(key) ?? { example: finding, users: new Set() };
      groups.set(key, group);
      group.users.add(user);
    }
  }
  return [...groups.values()]
    .map(({ example, users: concerned }) => {
      const { check, code, blame, certain } = example;
      return { check, code, blame, certain, users: [...concerned], example };
    })
    .toSorted((a, b) => Number(b.certain) - Number(a.certain) || b.users.length - a.users.length);
}
