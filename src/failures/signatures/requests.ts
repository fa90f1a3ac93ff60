import type { Finding } from '../../checks/verdict.ts';
import { allOf, firstOf } from '../../history/connections.ts';
import type { EntryOf } from '../../history/entry.ts';
import { HEALTH_PROBES } from '../../history/probe-names.ts';
import { USER_ID_FORMS } from '../../protocol/user-ids.ts';
import { onEnding } from '../endings.ts';
import type { Evidence } from '../evidence.ts';
import { reported } from '../evidence.ts';
import { succeeded } from '../probes.ts';
import type { Match, Signature } from '../signature.ts';
import { matchOf, onFinding } from '../signature.ts';

const KEEP_ALIVE = ['ping', 'pong', 'heartbeat', 'heartbeat-ack'];
const ASK_BACKEND =
  'Ask the backend developers for the log of this thread and run, named in the attachment "transcript"';

/** Requests that are not answered, or not as documented (failure notes §2.3). */
export const REQUESTS = [
  {
    id: 'FM-53',
    title: 'an agent was asked, something answered, but not one of the five events came',
    seen: 'A request is acknowledged, or something else answers, but no event arrives.',
    meaning: 'The agent may have run. Its events do not reach this connection.',
    phase: 'request',
    blame: 'product',
    rule: 'no event until the deadline, while other messages arrived after the request',
    specificity: 'finding',
    matches: onUnansweredRun((instead) => instead.length > 0),
    sharesWith: ['FM-51', 'FM-62'],
    candidates: [
      'the WebSocket manager is not set on the agent registry',
      'events are sent to a thread or user that has no connection (FM-62)',
    ],
    next: ['Read what did come, measured above', ASK_BACKEND],
  },
  {
    id: 'FM-48',
    title: 'a request to an agent is swallowed: no event, no error, nothing',
    seen: 'A request, and then nothing: no event, no acknowledgement, no error.',
    meaning: 'No part of the server handled the request. In FM-53 something answers.',
    phase: 'request',
    blame: 'product',
    rule: 'nothing but keep-alive arrived after the request, and the connection stayed open',
    specificity: 'finding',
    matches: onUnansweredRun((instead) => instead.length === 0),
    sharesWith: ['FM-43', 'FM-53'],
    candidates: ['the field names of the request are not the expected ones', 'no handler for this message type'],
    next: ['Try another message type: user_message, start_agent, agent_request', ASK_BACKEND],
  },
  {
    id: 'FM-40',
    title: 'the service runs degraded, and no events are sent',
    seen: 'A notice says that the service is degraded, and a run gets no event.',
    meaning: 'An emergency manager accepts every message and sends nothing.',
    phase: 'request',
    blame: 'environment',
    rule: 'no event, and a message of this connection said that the service is degraded',
    specificity: 'combination',
    matches: onUnansweredRun((_instead, { connection }, { history }) =>
      history.some(
        (entry) => entry.kind === 'received' && entry.connection === connection && entry.message.degraded === true,
      ),
    ),
    sharesWith: ['FM-53', 'FM-73'],
    candidates: ['an emergency manager whose sends are only logged'],
    next: [
      { step: 'Look at the health endpoints: which service is missing?', answeredBy: HEALTH_PROBES },
      'Repeat once it is healthy',
    ],
  },
  {
    id: 'FM-49',
    title: 'a request is refused for its timestamp',
    seen: 'An error message about float_parsing or a timestamp.',
    meaning: 'The harness sent a form of timestamp that this release does not read.',
    phase: 'request',
    blame: 'harness',
    rule: 'an error message about parsing a float or a timestamp',
    specificity: 'mark',
    matches: onErrorText(/float_parsing|float.*timestamp|timestamp.*(?:float|number)/i),
    candidates: ['a text where this release expects epoch seconds as a number'],
    next: ['Compare the sent message in the attachment "transcript" with docs/protocol.md'],
  },
  {
    id: 'FM-50',
    title: 'a message type is unknown to the server, or not acknowledged',
    seen: 'A message of an unknown type gets no `ack`, or a known one is called unknown.',
    meaning: 'The documented list of types and the code differ.',
    phase: 'request',
    blame: 'product',
    rule: 'an unknown type gets no ack, or an error says that a type is unknown',
    specificity: 'combination',
    matches: (evidence) =>
      onErrorText(/unknown message type/i)(evidence) ??
      onFinding(['input-unanswered', 'input-misanswered'], ({ because }) => because.startsWith('unknown-type'))(
        evidence,
      ),
    candidates: ['the type is missing in the enumeration, or in the map of old names'],
    next: ['Compare the types that this release knows with those that its clients send'],
  },
  {
    id: 'FM-51',
    title: 'the agent does not start, because a tool is registered twice',
    seen: 'An error message says that something is "already registered".',
    meaning: 'Something that should exist once per process is made once per connection.',
    phase: 'request',
    blame: 'product',
    rule: 'an error message says that something is already registered',
    specificity: 'mark',
    matches: onErrorText(/already registered/i),
    candidates: ['a registry that is shared by connections: the first works, the second fails'],
    next: ['See whether the first connection of the run worked', ASK_BACKEND],
  },
  {
    id: 'FM-52',
    title: 'the id of this user is not accepted',
    seen: 'An error message says "Invalid user_id format".',
    meaning: 'It depends on the user: other ids may work.',
    phase: 'request',
    blame: 'product',
    rule: 'an error message says that the user id is invalid, or the connection ends with 1011 before any frame while a user whose id has another form is welcomed',
    specificity: 'mark',
    matches: (evidence) => onErrorText(/invalid user_?id/i)(evidence) ?? onRefusedId(evidence),
    alsoShowsAs: ['FM-29'],
    candidates: [`the server refuses this form of user id; beta-9 accepts: ${USER_ID_FORMS}`],
    next: ['Set TEST_USERS={uuid}, or ids of another form that the server accepts'],
  },
  {
    id: 'bad-input',
    title: 'bad input does not get its documented answer',
    seen: 'Invalid JSON, an array or a message that is too long is not answered as documented, or ends the connection.',
    meaning: 'Bad input should lead to an error message for its sender, and to nothing for other users.',
    phase: 'request',
    blame: 'product',
    rule: 'invalid JSON, a JSON array or a message that is too long is not answered as documented',
    specificity: 'mark',
    codes: ['input-unanswered', 'input-misanswered'],
    only: ({ because }) => !because.startsWith('unknown-type'),
    candidates: ['an exception in the parser ends the message loop', 'the error message was renamed'],
    next: ['See in the attachment "transcript" what was sent, and what came back'],
  },
] as const satisfies readonly Signature[];

/** What arrived after the request that a finding cites first; keep-alive does not count. */
function answersAfter({ byName }: Evidence, { entries, connection }: Finding): readonly EntryOf<'received'>[] {
  const asked = entries[0] ?? Infinity;
  return allOf(byName.get(connection)?.entries ?? [], 'received').filter(
    ({ index, message }) => index > asked && !KEEP_ALIVE.includes(message.meaning),
  );
}

/** The error messages of a trusted connection that a finding names, with their codes. */
function errorsOf({ affected }: Evidence): readonly EntryOf<'received'>[] {
  return affected
    .flatMap(({ entries }) => allOf(entries, 'received'))
    .filter(({ message }) => message.errorText !== undefined || message.errorCode !== undefined);
}

/** A matcher for an error message whose code or text says something that nothing else says. */
function onErrorText(pattern: RegExp): (evidence: Evidence) => Match | undefined {
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
function onUnansweredRun(
  which: (instead: readonly EntryOf<'received'>[], finding: Finding, evidence: Evidence) => boolean,
): (evidence: Evidence) => Match | undefined {
  return (evidence) => {
    const findings = reported(evidence, ['run-unanswered'], (finding) =>
      which(answersAfter(evidence, finding), finding, evidence),
    );
    return matchOf(evidence, findings);
  };
}

/** Ended with 1011 before any frame, while a user whose id has another form was welcomed (observed on beta-9). */
function onRefusedId(evidence: Evidence): Match | undefined {
  if (!succeeded(evidence, 'otherUserId')) return undefined;
  const match = onEnding(
    ({ connection, stage, code }) =>
      stage === 'before-welcome' && code === 1011 && firstOf(connection.entries, 'received') === undefined,
  )(evidence);
  if (match === undefined) return undefined;
  return { ...match, phase: 'welcome', measured: ['a user whose id has another form was welcomed afterwards'] };
}
