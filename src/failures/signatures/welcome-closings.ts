import { allOf } from '../../history/connections.ts';
import { USER_ID_FORMS } from '../../protocol/user-ids.ts';
import type { Ending } from './endings.ts';
import { onEnding } from './endings.ts';
import { AFTERWARDS, succeeded } from './refusals.ts';
import type { Signature } from './signature.ts';

/** The server waits this long for its start-up before it gives up (protocol notes §5.1, step 5). */
const STARTUP_WAIT_MS = 5000;

/** Observed on beta-9: about 1.2 s after the accepted upgrade, 1011 "Internal error" and no frame. */
const REFUSED_ID = 'the server refuses this form of user id';

const ASK_BACKEND = 'Ask the backend developers for the traceback of this time and connection';

/** Accepted, and closed by the server before the welcome, told apart by code and reason (failure notes §2.2). */
export const WELCOME_CLOSING_SIGNATURES: readonly Signature[] = [
  {
    id: 'FM-22',
    title: 'accepted, then closed with 1011 before the welcome',
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
      'Compare with health: HTTP green and WebSocket red is typical',
      `Compare with a user whose id has another form (${AFTERWARDS.otherUserId}), in TEST_USERS: ${USER_ID_FORMS}`,
    ],
  },
  {
    id: 'closed-1011-silently',
    title: 'accepted, then closed with 1011 and no reason before the welcome',
    phase: 'welcome',
    blame: 'product',
    rule: 'close 1011 without a reason and without an error message: not an explicit close of the application code',
    specificity: 'combination',
    matches: sayingOfIds(onEnding((ending) => is1011(ending) && ending.reason === '' && ending.error === undefined)),
    sharesWith: ['FM-22', 'FM-34', 'FM-52', 'FM-78'],
    candidates: [
      REFUSED_ID,
      'the server framework, or a proxy, closed',
      'the error report itself failed (it could not be serialised)',
    ],
    next: [ASK_BACKEND, 'Compare the time to the close with other runs: constant means the same line of code'],
  },
  {
    id: 'FM-24',
    title: 'the server waits for its start-up, and then gives up',
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
    phase: 'welcome',
    blame: 'product',
    rule: 'close 1006 before the welcome: a crash, a handler that returned, or a proxy',
    specificity: 'combination',
    matches: onEnding(({ stage, code }) => stage === 'before-welcome' && (code === 1006 || code === 1005)),
    candidates: [
      'the server takes its own socket for closed',
      'an exception after accept',
      'a proxy cut the connection',
    ],
    next: ['Compare times to the cut: constant speaks for the server, scattered for the network', ASK_BACKEND],
  },
];

function is1011({ stage, code }: Ending): boolean {
  return stage === 'before-welcome' && code === 1011;
}

/** Adds what came of the attempt with another form of user id, where there was one. */
function sayingOfIds(matches: Signature['matches']): Signature['matches'] {
  return (evidence) => {
    const match = matches(evidence);
    const tried = allOf(evidence.history, 'probe').some(({ name }) => name === AFTERWARDS.otherUserId);
    if (match === undefined || !tried || succeeded(evidence, 'otherUserId')) return match;
    return { ...match, measured: ['a user whose id has another form fared no better: the form of the id is not it'] };
  };
}
