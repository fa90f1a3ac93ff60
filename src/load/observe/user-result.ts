import type { Finding } from '../../checks/verdict.ts';
import { connectionsOf } from '../../history/connections.ts';
import type { Entry, History } from '../../history/entry.ts';
import { runsOf } from '../../history/runs.ts';
import { nonceOf, noncesIn } from '../../protocol/nonce.ts';
import type { UserSession } from '../execute/user-session.ts';
import type { UserJudgement } from './judge-user.ts';
import type { LatencyMetric, Timing } from './latency-metrics.ts';
import { sinceMs } from './latency-metrics.ts';
import { connectionName } from './user-range.ts';

/** What one check found at one member; `certain` is false for a doubt. */
export interface UserFinding extends Finding {
  readonly check: string;
  readonly certain: boolean;
}

export type UserOutcome = 'passed' | 'failed' | 'unverified';

/** What is kept of every member: small, plain data that can be merged with that of other processes. */
export interface UserResult {
  readonly number: number;
  readonly name: string;
  readonly user: string;
  readonly outcome: UserOutcome;
  readonly findings: readonly UserFinding[];
  /** Milliseconds of each phase that was reached; of several runs the longest. */
  readonly phasesMs: Readonly<Partial<Record<LatencyMetric, number>>>;
  /** Since the part began, in milliseconds: intended start, actual start, open, first failure. */
  readonly intendedAtMs: number;
  readonly startedAtMs: number;
  readonly openedAtMs: number | undefined;
  readonly failedAtMs: number | undefined;
  readonly backedOff: number;
  /** The nonces of its own requests. */
  readonly nonces: readonly string[];
  /** Nonces that reached it and are not its own. */
  readonly foreignNonces: readonly string[];
  readonly entries: number;
}

/** What is kept of one member. `beganMs` is when the part began. */
export function userResult(
  { number, user, recorder, connecting, backedOff }: UserSession,
  { outcome, findings }: UserJudgement,
  stretches: readonly Timing[],
  beganMs: number,
): UserResult {
  const { history } = recorder;
  const nonces = ownNonces(history);
  return {
    number,
    name: connectionName(number),
    user,
    outcome,
    findings,
    phasesMs: longestOf(stretches),
    intendedAtMs: Math.round(connecting.intendedMs - beganMs),
    startedAtMs: Math.round(connecting.actualMs - beganMs),
    openedAtMs: sinceMs(connectionsOf(history)[0]?.opened, beganMs),
    failedAtMs: outcome === 'passed' ? undefined : sinceMs(firstProof(history, findings), beganMs),
    backedOff,
    nonces,
    foreignNonces: foreignNonces(history, nonces),
    entries: history.length,
  };
}

function longestOf(stretches: readonly Timing[]): Readonly<Partial<Record<LatencyMetric, number>>> {
  const longest: Partial<Record<LatencyMetric, number>> = {};
  for (const { phase, fromMs, toMs } of stretches) {
    longest[phase] = Math.max(longest[phase] ?? 0, Math.round((toMs - fromMs) * 100) / 100);
  }
  return longest;
}

/** The entry that first showed something wrong: the last one that the first finding cites. */
function firstProof(history: History, findings: UserJudgement['findings']): Entry | undefined {
  const index = Math.max(-1, ...(findings[0]?.entries ?? []));
  return history[index] ?? history.at(-1);
}

const THREAD = 'thread-';

/** The nonces of a member's own requests. */
export function ownNonces(history: History): readonly string[] {
  return runsOf(history).runs.flatMap(({ nonce }) => nonce ?? []);
}

/**
 * Nonces that reached a member and are not its own: quoted in a text, or hidden in the name of a thread, which is made of
 * the same id. Whose they are is known once all members are compared.
 */
export function foreignNonces(history: History, own: readonly string[]): readonly string[] {
  const foreign = new Set<string>();
  for (const entry of history) {
    if (entry.kind !== 'received') continue;
    const { thread } = entry.message;
    for (const nonce of noncesIn(entry.text)) if (!own.includes(nonce)) foreign.add(nonce);
    if (thread?.startsWith(THREAD) !== true) continue;
    const hidden = nonceOf(thread.slice(THREAD.length));
    if (!own.includes(hidden)) foreign.add(hidden);
  }
  return [...foreign];
}

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
