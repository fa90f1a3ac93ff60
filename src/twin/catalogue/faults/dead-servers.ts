import type { Fault } from '../fault.ts';
import { closeWith } from '../../behaviour/plan.ts';
import { LOST_ANSWERS } from './connection-closings.ts';
import { finds } from './provocation.ts';

/** Servers that hold a connection and do not serve it (failure notes FM-27, FM-35, FM-43). */
export const DEAD_SERVER_FAULTS: readonly Fault[] = [
  {
    name: 'deaf-server',
    does: 'Welcomes the client and ignores everything it says.',
    hits: 'every message of the client',
    mustFind: [
      finds('heartbeat', 'pong-missing'),
      finds('heartbeat', 'heartbeat-unanswered'),
      finds('heartbeat', 'control-ping-unanswered'),
      finds('agent-run', 'run-unanswered'),
      finds('bad-input', 'input-unanswered'),
    ],
    mayAlsoFind: [finds('session-restore', 'restore-unanswered')],
    diagnosis: 'FM-43',
    reply: () => [],
    run: () => [],
  },
  {
    name: 'open-but-silent',
    does: 'Opens the connection and never says a word.',
    hits: 'everything',
    mustFind: [
      finds('welcome', 'welcome-missing'),
      finds('heartbeat', 'pong-missing'),
      finds('heartbeat', 'heartbeat-unanswered'),
      finds('heartbeat', 'control-ping-unanswered'),
      finds('agent-run', 'run-unanswered'),
    ],
    diagnosis: 'FM-35',
    opening: () => [],
    keepAlive: () => [],
    reply: () => [],
    run: () => [],
  },
  {
    name: 'crash-at-first-message',
    does: 'Closes with 1011 as soon as the client says something.',
    hits: 'the connection, at the first message',
    mustFind: [finds('closing', 'closed-by-server')],
    mayAlsoFind: LOST_ANSWERS,
    diagnosis: 'FM-27',
    reply: (plan, request) => (isKeepAlive(request) ? plan : [closeWith(1011, 'Internal error')]),
    run: () => [closeWith(1011, 'Internal error')],
  },
];

function isKeepAlive(request: { readonly kind: string; readonly type?: string }): boolean {
  return request.kind === 'message' && (request.type === 'pong' || request.type === 'heartbeat_ack');
}
