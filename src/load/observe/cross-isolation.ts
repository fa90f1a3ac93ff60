import type { UserFinding, UserResult } from './user-result.ts';

const EXPECTED = 'every message belongs to the user of the connection on which it arrives';

/**
 * Isolation over all members, across threads, processes and machines: a nonce that reached one member and was sent by
 * another user's is a finding, and both are named.
 */
export function crossIsolation(members: readonly UserResult[]): readonly UserResult[] {
  if (members.every(({ foreignNonces }) => foreignNonces.length === 0)) return members;
  const owners = new Map(members.flatMap((member) => member.nonces.map((nonce) => [nonce, member] as const)));
  return members.map((member) => {
    const findings = member.foreignNonces.flatMap((nonce) => findingOf(member, nonce, owners.get(nonce)) ?? []);
    return findings.length === 0
      ? member
      : { ...member, outcome: 'failed', findings: [...member.findings, ...findings] };
  });
}

function findingOf(member: UserResult, nonce: string, owner: UserResult | undefined): UserFinding | undefined {
  if (owner === undefined || owner.user === member.user) return undefined;
  return {
    check: 'isolation',
    certain: true,
    code: 'foreign-nonce',
    blame: 'product',
    expected: EXPECTED,
    found: `the nonce ${nonce} of ${owner.name}`,
    because: `${member.name} of ${member.user} received the nonce ${nonce}, sent on ${owner.name} by ${owner.user}`,
    entries: [],
    connection: member.name,
  };
}
