import { connectionsOf } from '../../history/connections.ts';
import type { Entry, History } from '../../history/entry.ts';
import { runsOf } from '../../history/runs.ts';
import { nonceOf, noncesIn } from '../../protocol/nonce.ts';
import type { LatencyMetric, MetricTiming, PlannedStart } from './latency-metrics.ts';
import type { Observation, ObservedFinding } from './observation.ts';

/** What is kept of every virtual user: small, plain data that can be merged with that of other processes. */
export interface UserResult extends Pick<Observation, 'connection' | 'outcome' | 'findings'> {
  /** Its number in the whole fleet, from 0. */
  readonly number: number;
  /** The test user that it was. */
  readonly user: string;
  /** Milliseconds of each metric that was measured; of several runs the longest. */
  readonly latenciesMs: Readonly<Partial<Record<LatencyMetric, number>>>;
  /** Since the shard began, in milliseconds: intended start, actual start, open, first failure. */
  readonly intendedAtMs: number;
  readonly startedAtMs: number;
  readonly openedAtMs: number | undefined;
  readonly failedAtMs: number | undefined;
  /** How often the server asked it to come back later. */
  readonly backedOff: number;
  /** The nonces of its own requests. */
  readonly nonces: readonly string[];
  /** Nonces that reached it and are not its own. */
  readonly foreignNonces: readonly string[];
  readonly entries: number;
}

/** One virtual user whose connection is gone. */
export interface FinishedUser {
  readonly number: number;
  readonly user: string;
  readonly history: History;
  readonly connecting: PlannedStart;
  readonly backedOff: number;
}

/** What is kept of one virtual user. `beganMs` is when the shard began. */
export function userResult(
  { number, user, history, connecting, backedOff }: FinishedUser,
  { connection, outcome, findings }: Observation,
  timings: readonly MetricTiming[],
  beganMs: number,
): UserResult {
  const nonces = runsOf(history).runs.flatMap(({ nonce }) => nonce ?? []);
  return {
    number,
    connection,
    user,
    outcome,
    findings,
    latenciesMs: longestOf(timings),
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

function longestOf(timings: readonly MetricTiming[]): UserResult['latenciesMs'] {
  const longest: Partial<Record<LatencyMetric, number>> = {};
  for (const { metric, fromMs, toMs } of timings) {
    longest[metric] = Math.max(longest[metric] ?? 0, Math.round((toMs - fromMs) * 100) / 100);
  }
  return longest;
}

/** The entry that first showed something wrong: the last one that the first finding cites. */
function firstProof(history: History, findings: readonly ObservedFinding[]): Entry | undefined {
  const index = Math.max(-1, ...(findings[0]?.entries ?? []));
  return history[index] ?? history.at(-1);
}

function sinceMs(entry: Entry | undefined, beganMs: number): number | undefined {
  return entry === undefined ? undefined : Math.round(entry.atMs - beganMs);
}

const THREAD = 'thread-';

/**
 * Nonces that reached a virtual user and are not its own: quoted in a text, or hidden in the name of a thread, which is made
 * of the same id. Whose they are is known once all users are compared.
 */
function foreignNonces(history: History, own: readonly string[]): readonly string[] {
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

const ISOLATED = 'every message belongs to the user of the connection on which it arrives';

/**
 * Isolation over all virtual users, across threads, processes and machines: a nonce that reached one user and was sent by
 * another is a finding that names both.
 */
export function crossIsolation(users: readonly UserResult[]): readonly UserResult[] {
  if (users.every(({ foreignNonces: foreign }) => foreign.length === 0)) return users;
  const owners = new Map(users.flatMap((user) => user.nonces.map((nonce) => [nonce, user] as const)));
  return users.map((user) => {
    const findings = user.foreignNonces.flatMap((nonce) => leakTo(user, nonce, owners.get(nonce)) ?? []);
    return findings.length === 0 ? user : { ...user, outcome: 'failed', findings: [...user.findings, ...findings] };
  });
}

function leakTo(receiver: UserResult, nonce: string, owner: UserResult | undefined): ObservedFinding | undefined {
  if (owner === undefined || owner.user === receiver.user) return undefined;
  const { connection, user } = receiver;
  return {
    check: 'isolation',
    certain: true,
    code: 'foreign-nonce',
    blame: 'product',
    expected: ISOLATED,
    found: `the nonce ${nonce} of ${owner.connection}`,
    because: `${connection} of ${user} received the nonce ${nonce}, sent on ${owner.connection} by ${owner.user}`,
    entries: [],
    connection,
  };
}
