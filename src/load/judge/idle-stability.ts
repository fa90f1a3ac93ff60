import type { Judgement } from '../../checks/judgement.ts';
import { judgement } from '../../checks/judgement.ts';
import { pair } from '../../checks/ping-pairs.ts';
import { describeEnd, welcomedSubjects } from '../../checks/subjects.ts';
import type { Check } from '../../checks/verdict.ts';
import type { Connection } from '../../history/connections.ts';
import { advertisedLimits } from './advertised-limits.ts';

/** How long connections are held, in milliseconds, and how many times faster they age than in production. */
export interface HoldRules {
  readonly holdMs: number;
  readonly timeScale: number;
}

/**
 * A connection that is idle, and whose keep-alive is answered, stays open for as long as it is held and then still answers
 * a ping. A connection that ends is reported with its age and the most similar known end.
 */
export function idleStability({ holdMs, timeScale }: HoldRules): Check {
  const promise = `an idle connection stays open for ${asInProduction(holdMs, timeScale)} and then answers a ping`;
  return (history) => {
    const judging = judgement('idle-stability', promise);
    const { heartbeatMs } = advertisedLimits(history);
    for (const connection of welcomedSubjects(judging, history)) {
      const { opened, closed } = connection;
      if (opened === undefined) continue;
      if (closed?.by === 'them') reportEnd(judging, connection, { timeScale, heartbeatMs, promise });
      else judgeSurvivor(judging, connection, opened.atMs + holdMs);
    }
    return judging.verdict(`every connection was open after ${asInProduction(holdMs, timeScale)}`);
  };
}

function reportEnd(
  judging: Judgement,
  connection: Connection,
  known: { readonly timeScale: number; readonly heartbeatMs: number | undefined; readonly promise: string },
): void {
  const { opened, closed, name } = connection;
  if (opened === undefined || closed === undefined) return;
  const { timeScale, heartbeatMs, promise } = known;
  const ageMs = (closed.atMs - opened.atMs) * timeScale;
  const end = { ageMs, closeCode: closed.code, ...(heartbeatMs !== undefined && { heartbeatMs }) };
  const closest = closestEnd(end);
  const looks = closest === undefined ? 'no known end' : `${closest.signature}, ${closest.looksLike}`;
  const because = `${name} ended at the age of ${asInProduction(closed.atMs - opened.atMs, timeScale)}${describeEnd(connection)}; it looks like ${looks}`;
  const entries = [opened.index, closed.index];
  judging.violated({
    code: 'died-while-idle',
    expected: promise,
    found: `close ${closed.code} at ${(ageMs / 1000).toFixed(1)} s`,
    because,
    entries,
    connection: name,
  });
}

function judgeSurvivor(judging: Judgement, connection: Connection, heldUntilMs: number): void {
  const last = pair(connection, 'ping', 'pong').pairs.at(-1);
  if (last?.pong !== undefined && last.ping.atMs >= heldUntilMs) return judging.cite(last.ping, last.pong);
  const because = `${connection.name} answered no ping after it had been held`;
  const entries = last === undefined ? [] : [last.ping.index];
  judging.doubted({ code: 'not-awaited', because, entries, connection: connection.name });
}

/** A real time, and the time in production that it stands for where they differ. */
function asInProduction(ms: number, timeScale: number): string {
  const production = `${((ms * timeScale) / 1000).toFixed(1)} s`;
  return timeScale === 1 ? production : `${production} (${Math.round(ms)} ms at ${timeScale} times the speed)`;
}

/** The age at which connections of this product were seen to end, and what is known about it. */
export interface KnownEnd {
  readonly afterMs: number;
  /** Row of the failure notes, where there is one. */
  readonly signature: string;
  readonly looksLike: string;
}

/** How one connection ended; its age is scaled to production. */
export interface ConnectionEnd {
  readonly ageMs: number;
  readonly closeCode: number;
  /** The interval that the server advertises or keeps, where it is known. */
  readonly heartbeatMs?: number;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;

const OF_THE_PRODUCT: readonly KnownEnd[] = [
  { afterMs: 6 * SECOND, signature: 'FM-47', looksLike: 'the instability that ended connections at about 6 s' },
  { afterMs: 2 * MINUTE, signature: 'FM-46', looksLike: 'a heartbeat time-out against the settings of the platform' },
];

/** Load balancers and Cloud Run end connections at round ages, without a close frame (protocol notes §9.2). */
const OF_PROXIES: readonly KnownEnd[] = [30 * SECOND, MINUTE, 5 * MINUTE, 10 * MINUTE, 60 * MINUTE].map((afterMs) => ({
  afterMs,
  signature: 'proxy cut',
  looksLike: `the time-out of a proxy or load balancer, ${afterMs / SECOND} s`,
}));

const MOST_MISSED_HEARTBEATS = 3;
const TOLERANCE = 0.1;
const WITHOUT_CLOSE_FRAME = 1006;

/** The known end whose age is nearest, when it is within a tenth of it. */
export function closestEnd(end: ConnectionEnd): KnownEnd | undefined {
  const proxies = end.closeCode === WITHOUT_CLOSE_FRAME ? OF_PROXIES : [];
  const candidates = [...OF_THE_PRODUCT, ...heartbeatsOf(end), ...proxies];
  const [nearest] = candidates.toSorted((one, other) => distance(one, end) - distance(other, end));
  return nearest !== undefined && distance(nearest, end) <= TOLERANCE ? nearest : undefined;
}

function heartbeatsOf({ heartbeatMs }: ConnectionEnd): readonly KnownEnd[] {
  if (heartbeatMs === undefined) return [];
  return Array.from({ length: MOST_MISSED_HEARTBEATS }, (_, missed) => ({
    afterMs: heartbeatMs * (missed + 1),
    signature: 'FM-46',
    looksLike: `${missed + 1} times the heartbeat interval of ${heartbeatMs / SECOND} s`,
  }));
}

function distance({ afterMs }: KnownEnd, { ageMs }: ConnectionEnd): number {
  return Math.abs(ageMs - afterMs) / afterMs;
}
