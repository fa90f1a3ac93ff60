import type { Finding } from '../../checks/verdict.ts';
import type { Evidence } from './evidence.ts';
import { matchOf, reported } from './evidence.ts';
import type { Match } from './signature.ts';
import type { EntryOf } from '../../history/entry.ts';
import { allOf } from '../../history/connections.ts';

const KEEP_ALIVE = ['ping', 'pong', 'heartbeat', 'heartbeat-ack'];

/** What arrived after the request that a finding cites first; keep-alive does not count. */
export function answersAfter({ byName }: Evidence, { entries, connection }: Finding): readonly EntryOf<'received'>[] {
  const asked = entries[0] ?? Infinity;
  return allOf(byName.get(connection)?.entries ?? [], 'received').filter(
    ({ index, message }) => index > asked && !KEEP_ALIVE.includes(message.meaning),
  );
}

/** The error messages of a trusted connection that a finding names, with their codes. */
export function errorsOf({ affected }: Evidence): readonly EntryOf<'received'>[] {
  return affected
    .flatMap(({ entries }) => allOf(entries, 'received'))
    .filter(({ message }) => message.errorText !== undefined || message.errorCode !== undefined);
}

/** A matcher for an error message whose code or text says something that nothing else says. */
export function onErrorText(pattern: RegExp): (evidence: Evidence) => Match | undefined {
  return (evidence) => {
    const errors = errorsOf(evidence).filter(({ message }) =>
      pattern.test(`${message.errorCode ?? ''} ${message.errorText ?? ''}`),
    );
    if (errors.length === 0) return undefined;
    const names = new Set(errors.map(({ connection }) => connection));
    const connections = evidence.affected.filter(({ name }) => names.has(name));
    const measured = errors.map(({ index, message }) => `#${index} says: ${message.errorText ?? message.errorCode}`);
    return { connections, measured: [...new Set(measured)] };
  };
}

/** A matcher for runs without a single event, by what came instead. */
export function onUnansweredRun(
  which: (instead: readonly EntryOf<'received'>[], finding: Finding, evidence: Evidence) => boolean,
): (evidence: Evidence) => Match | undefined {
  return (evidence) => {
    const findings = reported(evidence, ['run-unanswered'], (finding) =>
      which(answersAfter(evidence, finding), finding, evidence),
    );
    return matchOf(evidence, findings);
  };
}
