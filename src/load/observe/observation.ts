import { PHASES } from '../../checks/blame.ts';
import type { FindingCode } from '../../checks/findings.ts';
import { findingKind, isDoubt, isRepetition } from '../../checks/findings.ts';
import { judge } from '../../checks/judgement.ts';
import { trusted } from '../../checks/subjects.ts';
import type { Check, Finding } from '../../checks/verdict.ts';
import { findingsOf } from '../../checks/verdict.ts';
import type { Connection } from '../../history/connections.ts';
import { allOf } from '../../history/connections.ts';
import type { Entry, History } from '../../history/entry.ts';
import type { Recorder } from '../../history/recorder.ts';
import type { ConnectionTimings } from '../../report/timings.ts';
import { timingsOf, tookMs } from '../../report/timings.ts';
import type { OwnDelay } from './own-lag.ts';
import { recordDelays } from './own-lag.ts';

/** How one connection ended; `unverified` when nothing is certain. */
export type ObservedOutcome = 'passed' | 'failed' | 'unverified';

/** What one check found on one connection; `certain` is false for a doubt. */
export interface ObservedFinding extends Finding {
  readonly check: string;
  readonly certain: boolean;
}

/** What is kept of one connection: small, plain, and independent of its history. All times are milliseconds. */
export interface Observation {
  /** Its name in the history. */
  readonly connection: string;
  readonly outcome: ObservedOutcome;
  /** Everything that was found and counts. */
  readonly findings: readonly ObservedFinding[];
  /** What went wrong first, and how the connection ended, such as `closed-before-welcome, close 1011 "Internal error"`. */
  readonly signature: string;
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
  /** Entries of the history that show it: milestones when it passed, what the findings cite when not. */
  readonly entries: readonly number[];
}

/**
 * What connections are observed for. In a fleet each one gets a verdict of its own (`verdict`): every doubt counts, and our
 * own delay is left to the checks. Where rates are counted (`sample`), a doubt that only repeats something says nothing once
 * the connection was welcomed, and a failure that our own delay explains counts neither way.
 */
export type ObservedFor = 'verdict' | 'sample';

/**
 * One observation per connection that presents a valid credential, in the order of their upgrade requests. A connection
 * failed when one of the checks found a violation on it. Beside a violation, doubts that only repeat it are left out.
 */
export function observe(history: History, checks: readonly Check[], purpose: ObservedFor): readonly Observation[] {
  const connections = trusted(history);
  const [only, ...others] = connections;
  const single = only !== undefined && others.length === 0 ? only.name : '';
  const findings = findingsByConnection(history, checks, single);
  return connections.map((connection) =>
    observation(history, connection, findings.get(connection.name) ?? [], purpose),
  );
}

/**
 * Observes a finished history of one connection. When something is wrong, our own delays of the same time are recorded and
 * it is judged again, so that what they could explain becomes a doubt that blames the harness (design rule 11). Undefined
 * when the history holds no connection with a valid credential.
 */
export function observeOne(
  recorder: Recorder,
  checks: readonly Check[],
  purpose: ObservedFor,
  delays: readonly OwnDelay[],
): Observation | undefined {
  const [first] = observe(recorder.history, checks, purpose);
  if (first?.outcome === 'passed' || !recordDelays(recorder, delays)) return first;
  return observe(recorder.history, checks, purpose)[0];
}

/** The observations that say something about the product. */
export function verified(observations: readonly Observation[]): readonly Observation[] {
  return observations.filter(({ outcome }) => outcome !== 'unverified');
}

/** A finding that names no connection is about the only connection, where there is only one. */
function findingsByConnection(
  history: History,
  checks: readonly Check[],
  single: string,
): ReadonlyMap<string, readonly ObservedFinding[]> {
  const all = new Map<string, ObservedFinding[]>();
  for (const verdict of checks.map((check) => judge(check, history))) {
    for (const finding of findingsOf(verdict)) {
      const observed = { ...finding, check: verdict.check, certain: !isDoubt(finding.code) };
      const name = finding.connection === '' ? single : finding.connection;
      const known = all.get(name);
      if (known === undefined) all.set(name, [observed]);
      else known.push(observed);
    }
  }
  return all;
}

function observation(
  history: History,
  connection: Connection,
  found: readonly ObservedFinding[],
  purpose: ObservedFor,
): Observation {
  const { name, request, welcome, closed, refused } = connection;
  const timings = timingsOf(history, connection);
  const violations = found.filter(({ certain }) => certain);
  const findings = found.filter((finding) => counts(finding, violations, connection, purpose));
  const decisive = violations.length > 0 ? violations : findings;
  const startedAtMs = request?.atMs ?? 0;
  const end = closed?.by === 'them' ? closed : refused;
  return {
    connection: name,
    outcome: outcomeOf(history, connection, decisive, purpose),
    findings,
    signature: decisive.length === 0 ? '' : failureSignature(connection, decisive),
    internalError: closed?.by === 'them' && closed.code === 1011,
    startedAtMs,
    ...(end !== undefined && { endedAfterMs: end.atMs - startedAtMs }),
    latenciesMs: latenciesMs(timings),
    runs: runCounts(timings, violations),
    entries: decisive.length > 0 ? decisive.flatMap(({ entries }) => entries) : indices([request, welcome]),
  };
}

function counts(
  { certain, code }: ObservedFinding,
  violations: readonly ObservedFinding[],
  { welcome }: Connection,
  purpose: ObservedFor,
): boolean {
  if (certain || !isRepetition(code)) return true;
  if (violations.length > 0) return false;
  return purpose === 'verdict' || welcome === undefined;
}

function outcomeOf(
  history: History,
  connection: Connection,
  decisive: readonly ObservedFinding[],
  purpose: ObservedFor,
): ObservedOutcome {
  const [first] = decisive;
  if (first === undefined) return 'passed';
  if (!first.certain) return 'unverified';
  return purpose === 'sample' && isOurDelay(history, connection, decisive) ? 'unverified' : 'failed';
}

function latenciesMs({ connect, welcome, pongs }: ConnectionTimings): Observation['latenciesMs'] {
  const [connectMs, welcomeMs, pongMs] = [connect, welcome, pongs[0]].map(tookMs);
  return {
    ...(connectMs !== undefined && { connect: connectMs }),
    ...(welcomeMs !== undefined && { welcome: welcomeMs }),
    ...(pongMs !== undefined && { pong: pongMs }),
  };
}

/** A run is complete when it ended and no check found a violation on its connection. */
function runCounts({ runs }: ConnectionTimings, violations: readonly ObservedFinding[]): Observation['runs'] {
  const ended = runs.filter(({ whole }) => whole.to !== undefined);
  return { asked: runs.length, complete: violations.length > 0 ? 0 : ended.length };
}

/**
 * Names a failure such that equal failures have equal names: the code of the earliest phase, and how the connection
 * ended. Holds no time, no id and no user.
 */
function failureSignature(connection: Connection, findings: readonly Finding[]): string {
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

/** Findings that say nothing but that something took too long. */
const OF_TIME: readonly FindingCode[] = [
  'upgrade-unanswered',
  'upgrade-late',
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

/** Findings that say no more when the deadline of the upgrade ended before that stage was reached. */
const OF_A_STAGE: readonly FindingCode[] = ['dns-failed', 'tcp-failed', 'tls-failed'];

/** From this share of the time of a connection on, our own delays explain a miss. */
const EXPLAINING_SHARE = 0.2;

/**
 * Whether everything that was found on a connection is a matter of time, and this harness itself was late for a good share
 * of that time: many small delays add up to one missed deadline.
 */
function isOurDelay(history: History, { entries }: Connection, findings: readonly Finding[]): boolean {
  const gaveUp = entries.some((entry) => entry.kind === 'deadline' && entry.waitingFor === 'handshake');
  const isOfTime = ({ code }: Finding): boolean => OF_TIME.includes(code) || (gaveUp && OF_A_STAGE.includes(code));
  if (!findings.every(isOfTime)) return false;
  const [first, last] = [entries[0], entries.at(-1)];
  if (first === undefined || last === undefined) return false;
  const lateMs = allOf(history, 'lag')
    .filter((lag) => lag.atMs >= first.atMs && lag.atMs - lag.lateMs <= last.atMs)
    .reduce((sum, lag) => sum + lag.lateMs, 0);
  return lateMs >= EXPLAINING_SHARE * (last.atMs - first.atMs);
}

function indices(entries: readonly (Entry | undefined)[]): readonly number[] {
  return entries.flatMap((entry) => (entry === undefined ? [] : [entry.index]));
}
