import { after, before, closeWith, endAfter } from '../../behaviour/plan.ts';
import type { Step } from '../../behaviour/plan.ts';
import type { ExpectedFinding, Fault } from '../fault.ts';
import { LOST_ANSWERS } from './connection-closings.ts';
import { finds } from './provocation.ts';

const LEFT_OPEN = finds('closing', 'tcp-left-open', 'environment');

/** Close frames after which the TCP connection stays open, although the server must end it first (RFC 6455 §7.1.1). */
export const OPEN_TCP_FAULTS: readonly Fault[] = [
  {
    name: 'close-answered-tcp-open',
    does: 'Answers our close frame and leaves the TCP connection open.',
    hits: 'the TCP connection, after the closing handshake',
    mustFind: [LEFT_OPEN],
    diagnosis: 'tcp-left-open',
    onClose: (plan) => plan.map(leavingTcpOpen),
  },
  closeBeforeWelcome(1011, 'Internal error', 'FM-22', [finds('welcome', 'closed-before-welcome'), unsolicited()]),
  closeBeforeWelcome(1008, 'Token expired', 'FM-28', [finds('handshake', 'token-refused')]),
  closeBeforeWelcome(1000, 'main cleanup', 'FM-30', [finds('welcome', 'closed-before-welcome'), unsolicited()]),
  {
    name: 'close-1011-after-welcome-tcp-open',
    does: 'Sends the welcome and close 1011, and leaves the TCP connection open.',
    hits: 'the TCP connection, after the welcome',
    mustFind: [unsolicited(), LEFT_OPEN],
    mayAlsoFind: [...LOST_ANSWERS, finds('closing', 'close-misanswered'), finds('closing', 'close-unanswered')],
    diagnosis: 'FM-27',
    opening: (plan, { pace }) =>
      after(plan, 'welcome', leavingTcpOpen(closeWith(1011, 'Internal error', pace.settleMs))),
  },
  {
    name: 'close-1011-in-a-run-tcp-open',
    does: 'Ends the connection with 1011 after agent_thinking, and leaves the TCP connection open.',
    hits: 'the TCP connection, in the middle of a run',
    mustFind: [finds('agent-run', 'run-cut-short'), unsolicited(), LEFT_OPEN],
    mayAlsoFind: [finds('heartbeat', 'pong-missing')],
    diagnosis: 'FM-64',
    run: (plan) => endAfter(plan, 'agent_thinking', leavingTcpOpen(closeWith(1011, 'Internal error'))),
  },
];

function closeBeforeWelcome(
  code: number,
  reason: string,
  diagnosis: string,
  mustFind: readonly ExpectedFinding[],
): Fault {
  return {
    name: `close-${code}-before-welcome-tcp-open`,
    does: `Sends close ${code} instead of the welcome, and leaves the TCP connection open.`,
    hits: 'the TCP connection, before the welcome',
    mustFind: [...mustFind, ...(code === 1008 ? [] : [LEFT_OPEN])],
    ...(code === 1008 && { mayAlsoFind: [finds('same-judgement', 'judged-differently', 'product'), LEFT_OPEN] }),
    diagnosis,
    opening: (plan) => before(endAfter(plan, 'welcome'), 'welcome', leavingTcpOpen(closeWith(code, reason))),
  };
}

function unsolicited(): ExpectedFinding {
  return finds('closing', 'closed-by-server');
}

function leavingTcpOpen(step: Step): Step {
  return step.act.kind === 'close' ? { ...step, act: { ...step.act, leavesTcpOpen: true } } : step;
}
