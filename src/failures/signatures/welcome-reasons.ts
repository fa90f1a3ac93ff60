import type { Ending } from './endings.ts';
import { onEnding } from './endings.ts';
import type { Signature } from './signature.ts';

const ASK_BACKEND = 'Ask the backend developers for the traceback of this time and connection';
const MANAGER_WORDS =
  /critical (?:factory )?failure|factory (?:critical failure|initialization)|service initialization|failed to establish|services not ready|processing error|(?:SERVICE|FACTORY)_(?:INIT|CRITICAL)/i;

/** Closed before the welcome with a reason that names its author (failure notes §2.2). */
export const WELCOME_REASON_SIGNATURES: readonly Signature[] = [
  {
    id: 'FM-23',
    title: 'closed with 1011 "Service unavailable" before the welcome',
    phase: 'welcome',
    blame: 'product',
    rule: 'close 1011 whose reason speaks of an unavailable service',
    specificity: 'mark',
    matches: onEnding((ending) => is1011(ending) && /service unavailable/i.test(ending.reason)),
    candidates: ['app.state.agent_supervisor is None'],
    next: [ASK_BACKEND, 'Check whether it began with the last deployment'],
  },
  {
    id: 'FM-25',
    title: 'closed with 1011 "Factory SSOT validation failed" before the welcome',
    phase: 'welcome',
    blame: 'product',
    rule: 'close 1011, reason or error message name the factory validation',
    specificity: 'mark',
    matches: onEnding((ending) => is1011(ending) && /factory ssot validation/i.test(textsOf(ending))),
    candidates: ['the user context of this environment has another type than the factory expects'],
    next: [ASK_BACKEND],
  },
  {
    id: 'FM-26',
    title: 'the connection manager cannot be made',
    phase: 'welcome',
    blame: 'product',
    rule: 'close 1011, reason or error message name a factory, an initialisation or a failed establishment',
    specificity: 'mark',
    matches: onEnding((ending) => is1011(ending) && MANAGER_WORDS.test(textsOf(ending))),
    candidates: ['the manager is awaited but is no coroutine', 'the limit of managers per user (FM-69)'],
    next: [ASK_BACKEND, 'Read the error message that came before the close'],
  },
  {
    id: 'FM-31',
    title: 'closed with 1000 "graceful retry" before the welcome',
    phase: 'welcome',
    blame: 'product',
    rule: 'close 1000 whose reason speaks of a failed establishment or a retry',
    specificity: 'mark',
    matches: onEnding(({ code, reason }) => code === 1000 && /establishment failed|graceful retry/i.test(reason)),
    candidates: ['accept failed behind a circuit breaker'],
    next: [ASK_BACKEND],
  },
];

function is1011({ stage, code }: Ending): boolean {
  return stage === 'before-welcome' && code === 1011;
}

function textsOf({ reason, error }: Ending): string {
  return `${reason} ${error?.message.errorCode ?? ''} ${error?.message.errorText ?? ''}`;
}
