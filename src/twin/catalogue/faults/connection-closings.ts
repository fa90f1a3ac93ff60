import type { AgentEvent } from '../../../protocol/agent-events.ts';
import type { Fault, ExpectedFinding } from '../fault.ts';
import { after, before, closeWith, cutOff, endAfter } from '../../behaviour/plan.ts';
import type { Plan } from '../../behaviour/plan.ts';
import { EVENTS_BEFORE_THE_END, kebab } from './event-names.ts';
import { finds } from './provocation.ts';

interface Closing {
  readonly code: number;
  readonly reason: string;
  /** What the closing check says. */
  readonly found: 'closed-by-server' | 'closed-uncleanly';
  /** What a close before the welcome means, where it is a refusal. */
  readonly refusal?: ExpectedFinding;
}

const CLOSINGS: readonly Closing[] = [
  { code: 1000, reason: 'main cleanup', found: 'closed-by-server' },
  { code: 1001, reason: 'Startup timeout', found: 'closed-by-server' },
  { code: 1005, reason: '', found: 'closed-by-server' },
  { code: 1006, reason: '', found: 'closed-uncleanly' },
  { code: 1008, reason: 'Token expired', found: 'closed-by-server', refusal: finds('handshake', 'token-refused') },
  { code: 1011, reason: 'Internal error', found: 'closed-by-server' },
  { code: 1012, reason: 'Service restart', found: 'closed-by-server' },
  {
    code: 1013,
    reason: 'Service temporarily unavailable',
    found: 'closed-by-server',
    refusal: finds('handshake', 'service-unavailable'),
  },
];

/** What else a test may see when its connection ends while it waits for something. */
export const LOST_ANSWERS: readonly ExpectedFinding[] = [
  finds('heartbeat', 'pong-missing'),
  finds('heartbeat', 'heartbeat-unanswered'),
  finds('heartbeat', 'control-ping-unanswered'),
  finds('agent-run', 'run-cut-short'),
  finds('bad-input', 'input-misanswered'),
  finds('fan-out', 'fan-out-missing'),
  finds('e2e-headers', 'headers-change-behaviour'),
];

const DIAGNOSIS_BEFORE_WELCOME: Readonly<Record<number, string>> = {
  1000: 'FM-30',
  1001: 'FM-24',
  1005: 'closed-without-code',
  1006: 'FM-32',
  1008: 'FM-28',
  1011: 'FM-22',
  1012: 'going-away',
  1013: 'FM-71',
};

const DIAGNOSIS_AFTER_WELCOME: Readonly<Record<number, string>> = {
  1000: 'FM-30',
  1001: 'going-away',
  1005: 'closed-without-code',
  1006: 'FM-46',
  1008: 'FM-82',
  1011: 'FM-27',
  1012: 'going-away',
  1013: 'FM-71',
};

const DIAGNOSIS_IN_RUN: Readonly<Record<number, string>> = { 1000: 'FM-30', 1008: 'FM-82', 1013: 'FM-71' };

/** Before the first event of a run, and after every one that is not the last. */
const STAGES: readonly (AgentEvent | undefined)[] = [undefined, ...EVENTS_BEFORE_THE_END];

/** The server ends the connection, with every code, at every stage (failure notes FM-22 to FM-32, FM-64). */
export const CONNECTION_CLOSING_FAULTS: readonly Fault[] = [
  ...CLOSINGS.map(closeBeforeWelcome),
  ...CLOSINGS.map(closeAfterWelcome),
  ...CLOSINGS.flatMap((closing) => STAGES.map((event) => closeInRun(closing, event))),
];

function stepsOf({ code, reason }: Closing, afterMs = 0): Plan {
  return [code === 1006 ? cutOff('end', afterMs) : closeWith(code, reason, afterMs)];
}

function closeBeforeWelcome(closing: Closing): Fault {
  const { code, found, refusal } = closing;
  return {
    name: `close-${code}-before-welcome`,
    does: `Ends the connection with ${code} instead of sending the welcome.`,
    hits: 'the connection, before the welcome',
    mustFind: refusal === undefined ? [finds('welcome', 'closed-before-welcome'), finds('closing', found)] : [refusal],
    ...(code === 1008 && { mayAlsoFind: [finds('same-judgement', 'judged-differently', 'product')] }),
    diagnosis: DIAGNOSIS_BEFORE_WELCOME[code] ?? 'closed-otherwise',
    opening: (plan) => before(endAfter(plan, 'welcome'), 'welcome', ...stepsOf(closing)),
  };
}

function closeAfterWelcome(closing: Closing): Fault {
  const { code, found } = closing;
  return {
    name: `close-${code}-after-welcome`,
    does: `Sends the welcome and ends the connection with ${code} a moment later.`,
    hits: 'the connection, after the welcome',
    mustFind: [finds('closing', found)],
    mayAlsoFind: [...LOST_ANSWERS, finds('closing', 'close-misanswered')],
    diagnosis: DIAGNOSIS_AFTER_WELCOME[code] ?? 'closed-otherwise',
    opening: (plan, { pace }) => after(plan, 'welcome', ...stepsOf(closing, pace.settleMs)),
  };
}

function closeInRun(closing: Closing, event: AgentEvent | undefined): Fault {
  const { code, found } = closing;
  return {
    name: `close-${code}-${event === undefined ? 'before-agent-started' : `after-${kebab(event)}`}`,
    does: `Ends the connection with ${code} ${event === undefined ? 'when an agent is asked' : `after ${event}`}.`,
    hits: 'the connection, in the middle of a run',
    mustFind: [finds('agent-run', 'run-cut-short'), finds('closing', found)],
    mayAlsoFind: [finds('heartbeat', 'pong-missing')],
    diagnosis: code === 1011 && event === undefined ? 'FM-27' : (DIAGNOSIS_IN_RUN[code] ?? 'FM-64'),
    run: (plan) => (event === undefined ? stepsOf(closing) : endAfter(plan, event, ...stepsOf(closing))),
  };
}
