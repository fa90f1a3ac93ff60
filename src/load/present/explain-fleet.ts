import { findingKind } from '../../checks/findings.ts';
import { OPENING } from '../../report/explain.ts';
import type { FleetResult } from '../observe/fleet-result.ts';
import type { UserFinding, UserResult } from '../observe/user-result.ts';

const MOST_NAMES = 15;

/** Whether everybody was judged and passed. */
export function fleetHolds({ members, expected, unjudged, stopped }: FleetResult): boolean {
  const passed = members.filter(({ outcome }) => outcome === 'passed').length;
  return expected > 0 && passed === expected && unjudged.length === 0 && stopped.length === 0;
}

/** The failure text of a fleet: who failed, grouped by what was found, then who was not judged and why. Empty when it holds. */
export function explainFleet(fleet: FleetResult, where: string): string {
  if (fleetHolds(fleet)) return '';
  const { members, expected, unjudged, stopped } = fleet;
  const failed = members.filter(({ outcome }) => outcome === 'failed').length;
  const unverified = members.filter(({ outcome }) => outcome === 'unverified').length;
  const missing = expected - members.length;
  const opening = failed > 0 ? OPENING.false : OPENING.unknown;
  const passed = members.length - failed - unverified;
  return [
    `${opening} fleet of ${expected} connections: ${passed} passed, ${failed} failed, ${unverified} could not be verified, ${missing} were not judged`,
    ...groupFindings(fleet).map(groupText),
    ...stopped.map((because) => `  Stopped   ${because}`),
    ...unjudged.map(({ because }) => `  Not judged  ${because}`),
    `  See       ${where}`,
  ].join('\n');
}

function groupText({ check, code, blame, certain, members, example }: FindingGroup): string {
  const { phase, means } = findingKind(code);
  const names = members.slice(0, MOST_NAMES).map(({ name }) => name);
  const rest = members.length - names.length;
  return [
    `  ${certain ? 'Violated' : 'Not verified'}  ${check} [${code}] in phase ${phase}, blame ${blame}, ${members.length} connections: ${means}`,
    `            ${names.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`,
    `            first: ${example.because}`,
  ].join('\n');
}

/** The members at which one check found the same thing. */
export interface FindingGroup {
  readonly check: string;
  readonly code: UserFinding['code'];
  readonly blame: UserFinding['blame'];
  readonly certain: boolean;
  readonly members: readonly UserResult[];
  /** What was found at the first of them. */
  readonly example: UserFinding;
}

/** All findings of a fleet, one group per check, code and blame: violations first, the largest first. */
export function groupFindings({ members }: Pick<FleetResult, 'members'>): readonly FindingGroup[] {
  const groups = new Map<string, { readonly example: UserFinding; readonly members: Set<UserResult> }>();
  for (const member of members) {
    for (const finding of member.findings) {
      const key = [finding.check, finding.code, finding.blame].join(' ');
      const group = groups.get(key) ?? { example: finding, members: new Set() };
      groups.set(key, group);
      group.members.add(member);
    }
  }
  return [...groups.values()]
    .map(({ example, members: concerned }) => {
      const { check, code, blame, certain } = example;
      return { check, code, blame, certain, members: [...concerned], example };
    })
    .toSorted((a, b) => Number(b.certain) - Number(a.certain) || b.members.length - a.members.length);
}
