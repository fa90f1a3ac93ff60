import type { OtherRequest } from '../../behaviour/context.ts';
import type { Fault } from '../fault.ts';
import { closeWith, cutOff, instead, say, without } from '../../behaviour/plan.ts';
import { errorMessage } from '../../messages/server-message.ts';
import { finds } from './provocation.ts';

/** Bad input that is answered wrongly or not at all (protocol notes §7.3). */
export const BAD_INPUT_FAULTS: readonly Fault[] = [
  {
    name: 'unknown-type-unanswered',
    does: 'Does not acknowledge messages of an unknown type.',
    hits: 'ack',
    mustFind: [finds('bad-input', 'input-unanswered')],
    mayAlsoFind: [finds('session-restore', 'restore-unanswered')],
    diagnosis: 'FM-50',
    reply: (plan) => without(plan, 'ack'),
  },
  {
    name: 'invalid-json-unanswered',
    does: 'Does not answer what is no JSON.',
    hits: 'error_message FORMAT_ERROR',
    mustFind: [finds('bad-input', 'input-unanswered')],
    diagnosis: 'bad-input',
    reply: (plan, request) => (isInvalidJson(request) ? [] : plan),
  },
  {
    name: 'invalid-json-closes',
    does: 'Cuts the connection when it gets what is no JSON.',
    hits: 'the connection, after bad input',
    mustFind: [finds('bad-input', 'input-misanswered'), finds('closing', 'closed-uncleanly')],
    diagnosis: 'bad-input',
    reply: (plan, request) => (isInvalidJson(request) ? [cutOff()] : plan),
  },
  {
    name: 'invalid-json-acknowledged',
    does: 'Acknowledges what is no JSON as if it were a message.',
    hits: 'error_message FORMAT_ERROR',
    mustFind: [finds('bad-input', 'input-misanswered')],
    diagnosis: 'bad-input',
    reply: (plan, request) => (isInvalidJson(request) ? [say('ack', () => ({ type: 'ack', status: 'ok' }))] : plan),
  },
  {
    name: 'non-object-closes',
    does: 'Closes with 1011 when it gets JSON that is no object.',
    hits: 'the connection, after bad input',
    mustFind: [finds('bad-input', 'input-misanswered'), finds('closing', 'closed-by-server')],
    diagnosis: 'bad-input',
    reply: (plan, request) => (isNonObject(request) ? [closeWith(1011, 'Internal error')] : plan),
  },
  {
    name: 'oversize-closes',
    does: 'Closes with 1011 when it gets a message above its limit.',
    hits: 'the connection, after bad input',
    mustFind: [finds('bad-input', 'input-misanswered'), finds('closing', 'closed-by-server')],
    diagnosis: 'bad-input',
    reply: (plan, request) => (request.kind === 'oversize' ? [closeWith(1011, 'Internal error')] : plan),
  },
  {
    name: 'unknown-type-refused',
    does: 'Answers messages of an unknown type with an error.',
    hits: 'ack',
    mustFind: [finds('bad-input', 'input-misanswered')],
    diagnosis: 'FM-50',
    reply: (plan) => instead(plan, 'ack', () => [say('error', errorMessage('UNKNOWN_TYPE', 'Unknown message type'))]),
  },
];

function isNonObject(request: OtherRequest): boolean {
  return request.kind === 'unreadable' && request.why === 'not-an-object';
}

function isInvalidJson(request: OtherRequest): boolean {
  return request.kind === 'unreadable' && request.why === 'not-json';
}
