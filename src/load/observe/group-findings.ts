import type { FleetResult } from '../present/fleet-result.ts';
import type { UserFinding, UserResult } from './user-result.ts';

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
