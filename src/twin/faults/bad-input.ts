import type { OtherRequest } from '../context.ts';
import type { Fault } from '../fault.ts';
import { cutOff } from '../plan.ts';
import { without } from '../plan-edits.ts';
import { finds } from './provocation.ts';

/** Bad input that is answered wrongly or not at all (protocol notes §7.3). */
export const BAD_INPUT_FAULTS: readonly Fault[] = [
  {
    name: 'unknown-type-unanswered',
    does: 'Does not acknowledge messages of an unknown type.',
    hits: 'ack',
    provokes: [finds('bad-input', 'input-unanswered')],
    diagnosis: 'FM-50',
    reply: (plan) => without(plan, 'ack'),
  },
  {
    name: 'invalid-json-unanswered',
    does: 'Does not answer what is no JSON.',
    hits: 'error_message FORMAT_ERROR',
    provokes: [finds('bad-input', 'input-unanswered')],
    reply: (plan, request) => (isInvalidJson(request) ? [] : plan),
  },
  {
    name: 'invalid-json-closes',
    does: 'Cuts the connection when it gets what is no JSON.',
    hits: 'the connection, after bad input',
    provokes: [finds('bad-input', 'input-misanswered'), finds('closing', 'closed-uncleanly')],
    reply: (plan, request) => (isInvalidJson(request) ? [cutOff()] : plan),
  },
];

function isInvalidJson(request: OtherRequest): boolean {
  return request.kind === 'unreadable' && request.why === 'not-json';
}
