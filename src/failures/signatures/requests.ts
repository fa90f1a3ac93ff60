import { onErrorText, onUnansweredRun } from './answers.ts';
import { USER_ID_FORMS } from '../../protocol/user-ids.ts';
import { onEnding } from './endings.ts';
import type { Evidence } from './evidence.ts';
import { onFinding } from './evidence.ts';
import { succeeded } from './refusals.ts';
import type { Match, Signature } from './signature.ts';

const ASK_BACKEND =
  'Ask the backend developers for the log of this thread and run, named in the attachment "transcript"';

/** Requests that are not answered, or not as documented (failure notes §2.3). */
export const REQUEST_SIGNATURES: readonly Signature[] = [
  {
    id: 'FM-53',
    title: 'an agent was asked, something answered, but not one of the five events came',
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
    phase: 'request',
    blame: 'product',
    rule: 'nothing at all arrived after the request, keep-alive aside, and the connection stayed open',
    specificity: 'finding',
    matches: onUnansweredRun((instead) => instead.length === 0),
    sharesWith: ['FM-43', 'FM-53'],
    candidates: ['the field names of the request are not the expected ones', 'no handler for this message type'],
    next: ['Try another message type: user_message, start_agent, agent_request', ASK_BACKEND],
  },
  {
    id: 'FM-40',
    title: 'the service runs degraded, and no events are sent',
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
    next: ['Look at the health endpoints: which service is missing?', 'Repeat once it is healthy'],
  },
  {
    id: 'FM-49',
    title: 'a request is refused for its timestamp',
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
    phase: 'request',
    blame: 'product',
    rule: 'an error message says that the user id is invalid, or the connection ends with 1011 before any frame while a user whose id has another form is welcomed',
    specificity: 'mark',
    matches: (evidence) => onErrorText(/invalid user_?id/i)(evidence) ?? onRefusedId(evidence),
    candidates: [`the server refuses this form of user id; beta-9 accepts: ${USER_ID_FORMS}`],
    next: ['Set TEST_USERS={uuid}, or ids of another form that the server accepts'],
  },
  {
    id: 'bad-input',
    title: 'bad input does not get its documented answer',
    phase: 'request',
    blame: 'product',
    rule: 'invalid JSON, a JSON array or a message that is too long is answered otherwise than documented',
    specificity: 'mark',
    matches: onFinding(['input-unanswered', 'input-misanswered'], ({ because }) => !because.startsWith('unknown-type')),
    candidates: ['an exception in the parser ends the message loop', 'the error message was renamed'],
    next: ['See in the attachment "transcript" what was sent, and what came back'],
  },
];

function onRefusedId(evidence: Evidence): Match | undefined {
  if (!succeeded(evidence, 'otherUserId')) return undefined;
  const match = onEnding(({ stage, code, frames }) => stage === 'before-welcome' && code === 1011 && frames === 0)(
    evidence,
  );
  if (match === undefined) return undefined;
  return { ...match, phase: 'welcome', measured: ['a user whose id has another form was welcomed afterwards'] };
}
