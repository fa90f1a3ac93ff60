import { allOf } from '../../history/connections.ts';
import { AFTERWARDS, HEALTH_PROBES } from '../../history/probe-names.ts';
import { USER_ID_FORMS } from '../../protocol/user-ids.ts';
import type { ConnectionEnding } from '../endings.ts';
import { onEnding } from '../endings.ts';
import { succeeded } from '../probes.ts';
import type { Matcher, Signature } from '../signature.ts';

/** The server waits this long for its start-up before it gives up (protocol notes §5.1, step 5). */
const STARTUP_WAIT_MS = 5000;

/** Observed on beta-9: about 1.2 s after the accepted upgrade, 1011 "Internal error" and no frame. */
const REFUSED_ID = 'the server refuses this form of user id';

const ASK_BACKEND = 'Ask the backend developers for the traceback of this time and connection';
const MANAGER_WORDS =
  /critical (?:factory )?failure|factory (?:critical failure|initialization)|service initialization|failed to establish|services not ready|processing error|(?:SERVICE|FACTORY)_(?:INIT|CRITICAL)/i;

/** Accepted, and closed by the server before the welcome. The code and the reason show why (failure notes §2.2). */
export const CLOSED_BEFORE_WELCOME = [
  {
    id: 'FM-23',
    title: 'closed with 1011 "Service unavailable" before the welcome',
    seen: 'Close 1011 "Service unavailable" before the welcome.',
    meaning: 'A part that every connection needs does not exist in this process.',
    phase: 'welcome',
    blame: 'product',
    rule: 'close 1011 whose reason mentions an unavailable service',
    specificity: 'mark',
    matches: onEnding((ending) => is1011(ending) && /service unavailable/i.test(ending.reason)),
    candidates: ['app.state.agent_supervisor is None'],
    next: [ASK_BACKEND, 'Check whether it began with the last deployment'],
  },
  {
    id: 'FM-25',
    title: 'closed with 1011 "Factory SSOT validation failed" before the welcome',
    seen: 'Close 1011 "Factory SSOT validation failed".',
    meaning: 'The server makes a context for this user, and its own validation rejects it.',
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
    seen: 'Close 1011 "Critical factory failure", "Service initialization failed" or "Failed to establish connection".',
    meaning: 'The server could not make the manager of this connection.',
    phase: 'welcome',
    blame: 'product',
    rule: 'close 1011, reason or error message name a factory, an initialisation or a failed establishment',
    specificity: 'mark',
    matches: onEnding((ending) => is1011(ending) && MANAGER_WORDS.test(textsOf(ending))),
    alsoShowsAs: ['FM-29'],
    candidates: ['the manager is awaited but is not a coroutine', 'the limit of managers per user (FM-69)'],
    next: [ASK_BACKEND, 'Read the error message that came before the close'],
  },
  {
    id: 'FM-31',
    title: 'closed with 1000 "graceful retry" before the welcome',
    seen: 'Close 1000 "Connection establishment failed - graceful retry".',
    meaning: 'A failure with the close code of a normal end.',
    phase: 'welcome',
    blame: 'product',
    rule: 'close 1000 whose reason mentions a failed establishment or a retry',
    specificity: 'mark',
    matches: onEnding(({ code, reason }) => code === 1000 && /establishment failed|graceful retry/i.test(reason)),
    candidates: ['accept failed behind a circuit breaker'],
    next: [ASK_BACKEND],
  },
  {
    id: 'FM-22',
    title: 'accepted, then closed with 1011 before the welcome',
    seen: 'HTTP 101, no message, then close 1011 "Internal error" about 60 ms later.',
    meaning:
      'The application code closes with 1011 and a reason on purpose; a crash does not look like this. It failed while it set up the connection.',
    phase: 'welcome',
    blame: 'product',
    rule: `close 1011 with a reason within ${STARTUP_WAIT_MS} ms, no error message before it: application code closed on purpose`,
    specificity: 'combination',
    matches: sayingOfIds(
      onEnding(
        (ending) =>
          is1011(ending) && ending.reason !== '' && ending.error === undefined && ending.ageMs < STARTUP_WAIT_MS,
      ),
    ),
    sharesWith: ['FM-34', 'FM-41', 'FM-52', 'FM-78'],
    candidates: [
      REFUSED_ID,
      'agent_supervisor or thread_service is missing, or a handler fails while it is set up',
      'a dependency such as redis was not ready at start-up',
      'middleware order, or a missing SECRET_KEY',
    ],
    next: [
      ASK_BACKEND,
      { step: 'Compare with health: typically HTTP works and the WebSocket does not', answeredBy: HEALTH_PROBES },
      `Compare with a user whose id has another form (${AFTERWARDS.otherUserId}), in TEST_USERS: ${USER_ID_FORMS}`,
    ],
  },
  {
    id: 'closed-1011-silently',
    title: 'accepted, then closed with 1011 and no reason before the welcome',
    seen: 'HTTP 101, then close 1011 with an empty reason.',
    meaning:
      'The application code gives reasons. Without a reason the framework or a proxy closed, or the report of the error failed too.',
    phase: 'welcome',
    blame: 'product',
    rule: 'close 1011 without a reason and without an error message: not an explicit close of the application code',
    specificity: 'combination',
    matches: sayingOfIds(onEnding((ending) => is1011(ending) && ending.reason === '' && ending.error === undefined)),
    sharesWith: ['FM-22', 'FM-34', 'FM-52', 'FM-78'],
    candidates: [
      REFUSED_ID,
      'the server framework or a proxy closed the connection',
      'the error report itself failed (it could not be serialised)',
    ],
    next: [ASK_BACKEND, 'Compare the time to the close with other runs: constant means the same line of code'],
  },
  {
    id: 'FM-24',
    title: 'the server waits for its start-up, and then gives up',
    seen: 'Close 1011 "Service startup incomplete" or 1001 "Startup timeout", or any 1011 after a long silence.',
    meaning: 'The connection waited for a start-up that did not finish.',
    phase: 'welcome',
    blame: 'product',
    rule: `closed before the welcome for an incomplete start-up, or with 1011 after more than ${STARTUP_WAIT_MS} ms`,
    specificity: 'mark',
    matches: onEnding(
      (ending) =>
        ending.stage === 'before-welcome' &&
        (/startup (?:incomplete|timeout)/i.test(ending.reason) ||
          (ending.code === 1011 && ending.ageMs >= STARTUP_WAIT_MS && ending.error === undefined)),
    ),
    sharesWith: ['FM-41'],
    candidates: ['startup_complete is never set', 'a dependency that never gets ready'],
    next: ['Look at readiness and at uptime_seconds', ASK_BACKEND],
  },
  {
    id: 'FM-32',
    title: 'accepted, then cut without a close frame before the welcome',
    seen: 'HTTP 101, then the connection ends without a close frame (1006).',
    meaning: 'The handler raised an exception or returned, or something between client and server cut the connection.',
    phase: 'welcome',
    blame: 'product',
    rule: 'close 1006 before the welcome: a crash, a handler that returned, or a proxy',
    specificity: 'combination',
    matches: onEnding(({ stage, code }) => stage === 'before-welcome' && code === 1006),
    candidates: [
      'the server treats its own socket as closed',
      'an exception after accept',
      'a proxy cut the connection',
    ],
    next: [
      'Compare the times to the cut: equal times point to the server, different times to the network',
      ASK_BACKEND,
    ],
  },
] as const satisfies readonly Signature[];

function is1011({ stage, code }: ConnectionEnding): boolean {
  return stage === 'before-welcome' && code === 1011;
}

function textsOf({ reason, error }: ConnectionEnding): string {
  return `${reason} ${error?.message.errorCode ?? ''} ${error?.message.errorText ?? ''}`;
}

/** Adds what came of the attempt with another form of user id, where there was one. */
function sayingOfIds(matches: Matcher): Matcher {
  return (evidence) => {
    const match = matches(evidence);
    const tried = allOf(evidence.history, 'probe').some(({ name }) => name === AFTERWARDS.otherUserId);
    if (match === undefined || !tried || succeeded(evidence, 'otherUserId')) return match;
    return { ...match, measured: ['a user whose id has another form fared no better: the form of the id is not it'] };
  };
}
