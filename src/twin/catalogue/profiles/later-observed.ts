import { errorMessage, modeError } from '../../messages/server-message.ts';
import { closeWith, say } from '../../behaviour/plan.ts';
import type { Plan } from '../../behaviour/plan.ts';
import type { OtherRequest } from '../../behaviour/context.ts';
import { KEEPING_NONE } from '../kept-promises.ts';
import type { Profile } from '../profile.ts';
import { finds } from '../faults/provocation.ts';
import { doubts } from '../variants/doubts.ts';
import { BETA_9, controlPing } from './beta-9.ts';
import { BETA_12_INTENDED, BETA_14_INTENDED } from './later.ts';

/*
 * The later versions as they were observed when their own code ran: none of them serves a conversation. What they were meant
 * to do is in later.ts.
 */

/** An exception before the welcome ends every connection. */
export const BETA_10: Profile = {
  ...BETA_9,
  name: 'beta-10',
  does: 'Ends every connection with 1011 "Internal error" and no frame: an exception before the welcome (observed).',
  opening: ({ pace }) => [closeWith(1011, 'Internal error', pace.crashMs)],
  breaks: [finds('welcome', 'closed-before-welcome'), finds('closing', 'closed-by-server')],
};

/** The checks that rest on who a token says its bearer is. */
const IDENTITY = ['handshake', 'welcome', 'refusal', 'isolation', 'same-judgement'];

/** Everybody is one user, whatever the token. */
const EVERYBODY_IS_DEMO = {
  admit: () => 'demo-user-001',
  keepAlive: () => [controlPing()],
  reply: replyOfDemo,
  variables: KEEPING_NONE,
  run: () => [],
  leavesOpen: IDENTITY.map((check) => doubts(check, 'auth-bypass-active')),
  breaks: [
    finds('heartbeat', 'pong-missing'),
    finds('heartbeat', 'heartbeat-unanswered'),
    finds('agent-run', 'run-unanswered'),
    finds('bad-input', 'input-unanswered'),
    finds('bad-input', 'input-misanswered'),
    finds('closing', 'closed-by-server'),
  ],
} satisfies Partial<Profile>;

export const BETA_12: Profile = {
  ...BETA_12_INTENDED,
  ...EVERYBODY_IS_DEMO,
  name: 'beta-12',
  does: 'Welcomes everybody as demo-use... by connect, and answers neither pings nor requests (observed).',
};

export const BETA_14: Profile = {
  ...BETA_14_INTENDED,
  ...EVERYBODY_IS_DEMO,
  name: 'beta-14',
  does: 'Welcomes everybody as demo-use... by connection_established, and answers neither pings nor requests (observed).',
};

/** A recursion before the welcome ends every connection. */
export const BETA_17: Profile = {
  ...BETA_14,
  name: 'beta-17',
  does: 'Sends CONNECTION_ERROR in place of the welcome and closes with 1011 "main mode error" (observed).',
  opening: ({ pace }) => [
    say('connection-error', modeError('RecursionError'), pace.settleMs),
    closeWith(1011, 'main mode error'),
  ],
  leavesOpen: [],
  breaks: [
    finds('welcome', 'welcome-replaced-by-error'),
    finds('closing', 'closed-by-server'),
    finds('refusal', 'refused-unclearly'),
  ],
};

/** Control frames are answered by the server framework; of the rest, only what is no JSON gets an answer. */
function replyOfDemo(request: OtherRequest): Plan {
  if (request.kind === 'control-ping') {
    return [{ label: 'control-pong', afterMs: 0, act: { kind: 'control', opcode: 'pong', payload: request.payload } }];
  }
  if (request.kind !== 'unreadable') return [];
  if (request.why === 'not-an-object') return [closeWith(1000, 'main cleanup')];
  return [say('format-error', errorMessage('JSON_PARSE_ERROR', 'Invalid JSON format', {}))];
}
