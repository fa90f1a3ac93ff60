import { CONSEQUENCES } from '../../checks/consequences.ts';
import { DOUBTS } from '../../checks/findings.ts';
import { judge } from '../../checks/judgement.ts';
import { pair } from '../../checks/ping-pairs.ts';
import { trusted } from '../../checks/subjects.ts';
import type { Check, Finding } from '../../checks/verdict.ts';
import type { Connection } from '../../history/connections.ts';
import type { Entry, History } from '../../history/entry.ts';
import { runsOf } from '../../history/runs.ts';
import type { Observation } from './observation.ts';
import { isOurDelay } from './our-delay.ts';
import { failureSignature } from './signature-of.ts';

/** Doubts that only say that there was nothing to judge, because of something that another check reports. */
const ECHOES: readonly string[] = [...CONSEQUENCES, 'not-asked', 'not-awaited'];

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
    for (const finding of verdict.holds === true ? [] : verdict.findings) {
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
  const violations = findings.filter(({ code }) => !Object.hasOwn(DOUBTS, code));
  const doubts = findings.filter(({ code }) => Object.hasOwn(DOUBTS, code));
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
  return !ECHOES.includes(code) || welcome === undefined;
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
    const spoilt = (findings.get(connection) ?? []).some(({ code }) => !Object.hasOwn(DOUBTS, code));
    return { asked: asked.length, complete: spoilt ? 0 : ended.length };
  };
}

function indices(entries: readonly (Entry | undefined)[]): readonly number[] {
  return entries.flatMap((entry) => (entry === undefined ? [] : [entry.index]));
}
