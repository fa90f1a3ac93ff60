import type { FindingCode } from '../../checks/findings.ts';
import type { Finding } from '../../checks/verdict.ts';
import type { Connection } from '../../history/connections.ts';
import { allOf } from '../../history/connections.ts';
import type { History } from '../../history/entry.ts';

/** Findings that say nothing but that something took too long. */
const OF_TIME: readonly FindingCode[] = [
  'upgrade-unanswered',
  'welcome-late',
  'welcome-missing',
  'pong-late',
  'pong-missing',
  'run-unanswered',
  'first-event-late',
  'event-gap-late',
  'run-stalled',
  'run-late',
];

/** Share of the life of a connection in which this harness was late, from which on it explains a miss. */
const SHARE = 0.2;

/**
 * Whether everything that was found on a connection is a matter of time, and this harness itself was late for a good part of
 * it: many small delays add up to one missed deadline.
 */
export function isOurDelay(history: History, connection: Connection, findings: readonly Finding[]): boolean {
  if (!findings.every(({ code }) => OF_TIME.includes(code))) return false;
  const [first, last] = [connection.entries[0], connection.entries.at(-1)];
  if (first === undefined || last === undefined) return false;
  const lateMs = allOf(history, 'lag')
    .filter((lag) => lag.atMs >= first.atMs && lag.atMs - lag.lateMs <= last.atMs)
    .reduce((sum, lag) => sum + lag.lateMs, 0);
  return lateMs >= SHARE * (last.atMs - first.atMs);
}
