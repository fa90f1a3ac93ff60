import type { FleetResult } from './fleet-result.ts';
import type { MemberFinding, MemberResult } from './member-result.ts';

/** The members at which one check found the same thing. */
export interface FindingGroup {
  readonly check: string;
  readonly code: MemberFinding['code'];
  readonly blame: MemberFinding['blame'];
  readonly certain: boolean;
  readonly members: readonly MemberResult[];
  /** What was found at the first of them. */
  readonly example: MemberFinding;
}

/** All findings of a fleet, one group per check, code and blame: violations first, the largest first. */
export function groupFindings({ members }: Pick<FleetResult, 'members'>): readonly FindingGroup[] {
  const groups = new Map<string, { readonly example: MemberFinding; readonly members: Set<MemberResult> }>();
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
