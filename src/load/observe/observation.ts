import { PHASES } from '../../checks/blame.ts';
import type { FindingCode } from '../../checks/findings.ts';
import { findingKind, isDoubt, isRepetition } from '../../checks/findings.ts';
import { judge } from '../../checks/judgement.ts';
import { pair } from '../../checks/ping-pairs.ts';
import { trusted } from '../../checks/subjects.ts';
import type { Check, Finding } from '../../checks/verdict.ts';
import { findingsOf } from '../../checks/verdict.ts';
import type { Connection } from '../../history/connections.ts';
import { allOf } from '../../history/connections.ts';
import type { Entry, History } from '../../history/entry.ts';
import { runsOf } from '../../history/runs.ts';

/** How one attempt ended; `unverified` when our own delay could explain what went wrong. */
export const OUTCOMES = ['succeeded', 'failed', 'unverified'] as const;

export type AttemptOutcome = (typeof OUTCOMES)[number];

/** What is kept of one connection attempt: small, plain, and independent of its history. All times are milliseconds. */
export interface Observation {
  /** Its name in the history. */
  readonly connection: string;
  readonly outcome: AttemptOutcome;
  /** What went wrong first, and how the connection ended, such as `closed-before-welcome, close 1011 "Internal error"`. */
  readonly signature: string;
  /** Codes of everything that was found. */
  readonly codes: readonly FindingCode[];
  /** Whether the server ended the connection with 1011. */
  readonly internalError: boolean;
  /** The upgrade request, on the monotonic clock of the history. */
  readonly startedAtMs: number;
  /** From the upgrade request to the end that was not ours, or to the refusal; absent when neither happened. */
  readonly endedAfterMs?: number;
  readonly latenciesMs: {
    readonly connect?: number;
    readonly welcome?: number;
    readonly pong?: number;
  };
  /** Runs that were asked for, and how many of them delivered all of their events. */
  readonly runs: { readonly asked: number; readonly complete: number };
  /** Entries of the history that show it: milestones when it succeeded, what the findings cite when not. */
  readonly entries: readonly number[];
}

/** The attempts that say something about the product. */
export function verified(observations: readonly Observation[]): readonly Observation[] {
  return observations.filter(({ outcome }) => outcome !== 'unverified');
}

/**
 * One observation per connection that presents a valid credential, in the order of their upgrade requests. A connection
 * failed when one of the checks found a violation on it; it is unverified when there is nothing but doubt.
 */
export function observe(history: History, checks: readonly Check[]): readonly Observation[] {
  const findings = findingsByConnection(history, checks);
  const complete = runCounts(history, findings);
  return trusted(history).map((connection) =>
    observation(history, connection, findings.get(connection.name) ?? [], complete(connection.name)),
  );
}

function findingsByConnection(history: History, checks: readonly Check[]): ReadonlyMap<string, readonly Finding[]> {
  const all = new Map<string, Finding[]>();
  for (const verdict of checks.map((check) => judge(check, history))) {
    for (const finding of findingsOf(verdict)) {
      const known = all.get(finding.connection);
      if (known === undefined) all.set(finding.connection, [finding]);
      else known.push(finding);
    }
  }
  return all;
}

function observation(
  history: History,
  connection: Connection,
  findings: readonly Finding[],
  runs: Observation['runs'],
): Observation {
  const { name, request, welcome, closed, refused } = connection;
  const violations = findings.filter(({ code }) => !isDoubt(code));
  const doubts = findings.filter(({ code }) => isDoubt(code));
  const told = violations.length > 0 ? violations : doubts.filter(({ code }) => isDoubtful(code, connection));
  const startedAtMs = request?.atMs ?? 0;
  const end = closed?.by === 'them' ? closed : refused;
  return {
    connection: name,
    outcome: outcomeOf(history, connection, violations, told),
    signature: told.length === 0 ? '' : failureSignature(connection, told),
    codes: [...new Set(told.map(({ code }) => code))],
    internalError: closed?.by === 'them' && closed.code === 1011,
    startedAtMs,
    ...(end !== undefined && { endedAfterMs: end.atMs - startedAtMs }),
    latenciesMs: latenciesOf(connection),
    runs,
    entries: told.length > 0 ? told.flatMap(({ entries }) => entries) : indices([request, welcome]),
  };
}

/** What our own delay explains is no failure of the product, and no success either. */
function outcomeOf(
  history: History,
  connection: Connection,
  violations: readonly Finding[],
  told: readonly Finding[],
): Observation['outcome'] {
  if (told.length === 0) return 'succeeded';
  return violations.length > 0 && !isOurDelay(history, connection, violations) ? 'failed' : 'unverified';
}

/** A consequence alone is a doubt too: nothing explains it. A connection that did its work owes no further question. */
function isDoubtful(code: string, { welcome }: Connection): boolean {
  return !isRepetition(code) || welcome === undefined;
}

function latenciesOf(connection: Connection): Observation['latenciesMs'] {
  const { request, opened, welcome } = connection;
  const [first] = pair(connection, 'ping', 'pong').pairs;
  return {
    ...(request !== undefined && opened !== undefined && { connect: opened.atMs - request.atMs }),
    ...(opened !== undefined && welcome !== undefined && { welcome: welcome.atMs - opened.atMs }),
    ...(first?.pong !== undefined && { pong: first.pong.atMs - first.ping.atMs }),
  };
}

/** A run is complete when it ended and no check has anything against its connection. */
function runCounts(
  history: History,
  findings: ReadonlyMap<string, readonly Finding[]>,
): (connection: string) => Observation['runs'] {
  const { runs } = runsOf(history);
  return (connection) => {
    const asked = runs.filter((run) => run.connection === connection);
    const ended = asked.filter((run) => run.deliveries.get(connection)?.terminal !== undefined);
    const spoilt = (findings.get(connection) ?? []).some(({ code }) => !isDoubt(code));
    return { asked: asked.length, complete: spoilt ? 0 : ended.length };
  };
}

function indices(entries: readonly (Entry | undefined)[]): readonly number[] {
  return entries.flatMap((entry) => (entry === undefined ? [] : [entry.index]));
}

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

/**
 * Names a failure such that equal failures have equal names: the code of the earliest phase, and how the connection
 * ended. Holds no time, no id and no user.
 */
export function failureSignature(connection: Connection, findings: readonly Finding[]): string {
  const [first] = findings.toSorted((one, other) => phaseOf(one) - phaseOf(other));
  return [first?.code ?? 'unknown', ...endOf(connection)].join(', ');
}

function phaseOf({ code }: Finding): number {
  return PHASES.indexOf(findingKind(code).phase);
}

function endOf({ answer, closed, refused }: Connection): readonly string[] {
  if (closed?.by === 'them') return [`close ${closed.code}${closed.reason === '' ? '' : ` "${closed.reason}"`}`];
  if (answer !== undefined && answer.status !== 101) return [`HTTP ${answer.status}`];
  return refused?.code === undefined ? [] : [refused.code];
}
