import type { ConnectionContext, OtherRequest } from '../../behaviour/context.ts';
import type { Fault } from '../fault.ts';
import { closeWith, say, without } from '../../behaviour/plan.ts';
import { errorMessage } from '../../messages/server-message.ts';
import { finds } from './provocation.ts';

/** What beta-9 advertises (protocol notes §10). */
const CONNECTIONS_PER_USER = 3;
const MESSAGES_PER_MINUTE = 100;

/** Limits that are enforced as documented, wrongly, or with harm to other clients (failure notes FM-70, FM-71). */
export const LIMIT_FAULTS: readonly Fault[] = [
  {
    name: 'refuse-fourth-connection',
    does: 'Closes the fourth connection of a user with 1008 "Too many concurrent connections"; documented, no failure.',
    hits: 'the fourth connection of a user',
    mustFind: [],
    diagnosis: 'FM-70',
    opening: (plan, context) =>
      ofSameUser(context) > CONNECTIONS_PER_USER ? [closeWith(1008, 'Too many concurrent connections (4/3)')] : plan,
  },
  {
    name: 'crash-fourth-connection',
    does: 'Ends the fourth connection of a user with 1011.',
    hits: 'the fourth connection of a user',
    mustFind: [finds('connection-limit', 'limit-misanswered')],
    diagnosis: 'limit-mishandled',
    opening: (plan, context) =>
      ofSameUser(context) > CONNECTIONS_PER_USER ? [closeWith(1011, 'Internal error')] : plan,
  },
  {
    name: 'crowd-silences-pongs',
    does: 'Answers no ping of a user with more connections than are allowed.',
    hits: 'pong',
    mustFind: [finds('connection-limit', 'limit-harms-others')],
    diagnosis: 'limit-mishandled',
    reply: (plan, _request, context) => (ofSameUser(context) > CONNECTIONS_PER_USER ? without(plan, 'pong') : plan),
  },
  {
    name: 'crash-on-oversize',
    does: 'Ends the connection with 1011 when a message is larger than is allowed.',
    hits: 'the connection',
    mustFind: [finds('message-size', 'limit-misanswered')],
    diagnosis: 'limit-mishandled',
    reply: (plan, request) => (request.kind === 'oversize' ? [closeWith(1011, 'Internal error')] : plan),
  },
  {
    name: 'limit-off-by-one',
    does: 'Drops messages that are exactly as large as is allowed.',
    hits: 'a message of the largest size',
    mustFind: [finds('message-size', 'limit-misanswered')],
    diagnosis: 'limit-mishandled',
    reply: (plan, request, { profile }) => (sizeOf(request) === profile.maxMessageBytes ? [] : plan),
  },
  rateLimited('rate-limit-1008', [], () => [closeWith(1008, 'Rate limit exceeded - retry after 30s')]),
  rateLimited('rate-limit-error', [], () => [
    say('rate-error', errorMessage('RATE_LIMIT_EXCEEDED', 'Rate limit exceeded')),
  ]),
  rateLimited('rate-limit-1011', [finds('message-rate', 'limit-misanswered')], () => [
    closeWith(1011, 'Internal error'),
  ]),
];

function rateLimited(
  name: string,
  mustFind: Fault['mustFind'],
  answer: () => ReturnType<NonNullable<Fault['life']>>,
): Fault {
  return {
    name,
    does: `Answers more than ${MESSAGES_PER_MINUTE} messages on one connection with ${answer()[0]?.label ?? 'nothing'}.`,
    hits: `message ${MESSAGES_PER_MINUTE + 1} of a connection`,
    mustFind,
    ...(mustFind.length > 0 && { diagnosis: 'limit-mishandled' }),
    reply(plan, request, context) {
      return request.kind === 'message' && context.messagesReceived() > MESSAGES_PER_MINUTE ? answer() : plan;
    },
  };
}

function ofSameUser({ peers, userId }: ConnectionContext): number {
  return peers().filter((peer) => peer.userId === userId).length;
}

/** The size of a message in characters, as this harness writes messages: without blanks, in ASCII. */
function sizeOf(request: OtherRequest): number {
  return request.kind === 'message' ? JSON.stringify(request.message).length : 0;
}
