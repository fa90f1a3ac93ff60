import type { Blame, Phase } from './blame.ts';

/** What a finding code stands for. */
export interface FindingKind {
  readonly phase: Phase;
  /** Who is to blame unless the evidence says otherwise. */
  readonly blame: Blame;
  /** What is wrong, in one sentence without a subject. */
  readonly means: string;
  /**
   * Echoes that a connection was refused, ended or answered nothing more: what explains the end of the connection explains
   * this finding too.
   */
  readonly echoesAnEnd?: true;
}

const kind = (phase: Phase, blame: Blame, means: string): FindingKind => ({ phase, blame, means });

/** A finding that echoes an end. */
const end = (phase: Phase, blame: Blame, means: string): FindingKind => ({
  ...kind(phase, blame, means),
  echoesAnEnd: true,
});

/** Violations: the closed list of what a check may find. */
export const VIOLATIONS = {
  'dns-failed': end('dns', 'environment', 'the host name does not resolve'),
  'tcp-failed': end('tcp', 'environment', 'nothing accepts a TCP connection'),
  'tls-failed': end('tls', 'environment', 'the TLS handshake fails'),
  'health-failed': kind('http', 'environment', 'the health endpoint does not answer that the service is up'),
  'clock-skewed': kind(
    'http',
    'environment',
    'the clocks of client and server are too far apart for short-lived tokens',
  ),
  'token-unavailable': end('auth', 'auth', 'no token could be had'),
  'endpoint-failed': kind('http', 'product', 'a service endpoint does not answer 200'),
  'endpoint-malformed': kind('http', 'product', 'a service endpoint answers in another shape than documented'),
  'health-contradicts-itself': kind('http', 'product', 'health says healthy while one of its own checks failed'),
  unreachable: end('upgrade', 'environment', 'the connection could not be made'),
  'upgrade-late': kind('upgrade', 'product', 'the upgrade is answered after its budget'),
  'upgrade-unanswered': end('upgrade', 'environment', 'the upgrade request was not answered'),
  'answer-not-http': end('upgrade', 'environment', 'what answers the upgrade request speaks no HTTP'),
  'upgrade-malformed': end('upgrade', 'product', 'the answer to the upgrade breaks HTTP or RFC 6455'),
  'upgrade-ignored': end('upgrade', 'environment', 'the server answers HTTP but does not upgrade'),
  'upgrade-redirected': end('upgrade', 'environment', 'the upgrade request was redirected'),
  'route-missing': end(
    'upgrade',
    'environment',
    'the upgrade is answered with 404, as a plain request is: it did not arrive as an upgrade, or there is no such route',
  ),
  'upgrade-crashed': end('upgrade', 'product', 'the server failed while it handled the upgrade'),
  'service-unavailable': end('upgrade', 'environment', 'a proxy or the service says that it is not available'),
  'limit-reached': end(
    'upgrade',
    'environment',
    'a limit of the service is reached; that says nothing about the token',
  ),
  'refused-by-proxy': end('upgrade', 'environment', 'something in front of the product refused the upgrade'),
  'upgrade-forbidden': end(
    'upgrade',
    'product',
    'the upgrade is refused although the same token is accepted over HTTP',
  ),
  'token-refused': end('auth', 'auth', 'a valid token is refused'),
  'subprotocol-invalid': kind('upgrade', 'product', 'the selected subprotocol does not answer the offer'),
  'bad-token-accepted': kind('auth', 'auth', 'a bad credential is accepted'),
  'bad-token-undecided': kind('auth', 'product', 'a bad credential is neither accepted nor refused'),
  'refused-unclearly': kind('auth', 'product', 'a bad credential ends the connection, but not as a refusal'),
  'judged-differently': end('auth', 'auth', 'the same token is judged differently over HTTP and WebSocket'),
  'headers-not-sent': kind('upgrade', 'harness', 'the E2E headers are not all in the upgrade request'),
  'headers-change-behaviour': end('upgrade', 'product', 'the product behaves differently when it sees the E2E headers'),
  'welcome-missing': end('welcome', 'product', 'the connection opens, but no welcome arrives'),
  'welcome-late': kind('welcome', 'product', 'the welcome arrives after its budget'),
  'welcome-duplicated': kind('welcome', 'product', 'the welcome arrives more than once'),
  'welcome-out-of-order': kind('welcome', 'product', 'an answer arrives before the welcome'),
  'welcome-replaced-by-error': kind('welcome', 'product', 'an error arrives where the welcome should be'),
  'welcome-wrong-user': kind('welcome', 'auth', 'the welcome names another user than the token'),
  'welcome-wrong-mode': kind('welcome', 'product', 'the connection is served in another mode than main'),
  'closed-before-welcome': end('welcome', 'product', 'the connection is accepted and then closed without a welcome'),
  'pong-missing': end('ping', 'product', 'a ping is not answered'),
  'pong-late': kind('ping', 'product', 'a pong arrives after its budget'),
  'pong-duplicated': kind('ping', 'product', 'more pongs than pings'),
  'pong-mismatched': kind('ping', 'product', 'a pong echoes no ping of this connection'),
  'heartbeat-unanswered': end('ping', 'product', 'a heartbeat is not acknowledged'),
  'control-ping-unanswered': end('ping', 'product', 'a ping control frame is not answered'),
  'keep-alive-unanswered': kind('ping', 'harness', "the server's keep-alive was not answered by this harness"),
  'run-unanswered': end('request', 'product', 'an agent was asked and not one event came'),
  'event-missing': kind('events', 'product', 'a run ends without one of its events'),
  'event-duplicated': kind('events', 'product', 'an event of a run arrives twice'),
  'event-out-of-order': kind('events', 'product', 'the events of a run arrive in another order'),
  'event-after-end': kind('events', 'product', 'something of a run arrives after its end'),
  'event-field-unreadable': kind('events', 'product', 'a mandatory field of an event cannot be read'),
  'timestamps-backwards': kind('events', 'product', 'the timestamps of the events of a run run backwards'),
  'event-field-missing': kind('events', 'product', 'an event lacks a mandatory field'),
  'known-thread-replaced': kind('events', 'product', 'a run leaves the thread that was made for it'),
  'tool-unpaired': kind('events', 'product', 'a tool starts without completing, or completes without starting'),
  'run-stalled': kind('events', 'product', 'a run starts and then falls silent'),
  'run-cut-short': end('events', 'product', 'the connection closes in the middle of a run'),
  'run-failed': kind('events', 'product', 'the agent reports a failure'),
  'answer-missing': kind('events', 'product', 'a run completes without an answer'),
  'answer-empty': kind('events', 'product', 'a run completes with an empty answer'),
  'id-null': kind('events', 'product', 'an id that must be there is null'),
  'run-late': kind('events', 'product', 'a run takes longer than its budget'),
  'first-event-late': kind('events', 'product', 'the first event arrives after its budget'),
  'event-gap-late': kind('events', 'product', 'a pause between two events exceeds its budget'),
  'canned-response': kind('events', 'product', 'a fallback handler fabricates the events; no agent ran'),
  'field-misplaced': kind(
    'events',
    'product',
    'an event has its answer, thought or tool where the browser client of the product does not read it',
  ),
  'thread-unannounced': kind('events', 'product', 'the thread of a run is not announced before its events'),
  'early-request-lost': kind('request', 'product', 'a request that came before the welcome is not served'),
  'stop-ignored': kind('events', 'product', 'a run that was told to stop goes on'),
  'restore-unanswered': kind('request', 'product', 'session_restore is not answered'),
  'message-untyped': kind('frames', 'product', 'a message has no string type'),
  'handshake-incomplete': kind('welcome', 'product', 'handshake_complete does not follow the acknowledgement'),
  'handshake-disordered': kind('welcome', 'product', 'another message comes within the handshake'),
  'fan-out-missing': end('events', 'product', 'a socket of the user does not get the events of a run'),
  'input-unanswered': end('request', 'product', 'bad input does not get its documented answer'),
  'input-misanswered': kind('request', 'product', 'bad input gets another answer than documented'),
  'foreign-user': kind('isolation', 'product', 'an event names another user'),
  'foreign-thread': kind(
    'isolation',
    'product',
    'a message names the thread of another user, or one of which nobody was told',
  ),
  'foreign-run': kind('isolation', 'product', 'an event names another run'),
  'foreign-event': kind('isolation', 'product', "an event of another user's run arrives"),
  'foreign-nonce': kind('isolation', 'product', "a message quotes another user's prompt"),
  'foreign-answer': kind('isolation', 'product', "messages hold the answer to another user's prompt"),
  'connection-id-shared': kind('isolation', 'product', 'two connections have the same connection_id'),
  'unasked-event': kind('isolation', 'product', 'an agent event arrives on a connection that asked for nothing'),
  'frame-not-json': kind('frames', 'product', 'a text message is not JSON'),
  'frame-not-an-object': kind('frames', 'product', 'a text message is JSON, but no object'),
  'frame-binary': kind('frames', 'product', 'a binary message arrives on a text protocol'),
  'frame-empty': kind('frames', 'product', 'an empty message arrives'),
  'text-mangled': kind('frames', 'product', 'a text holds U+FFFD where a character could not be decoded'),
  'frame-not-utf8': kind('frames', 'product', 'a text message is not UTF-8'),
  'frame-too-large': kind('frames', 'product', 'a message is larger than any client accepts'),
  'frame-nested-too-deep': kind('frames', 'product', 'a text message is nested too deep to be read'),
  flooded: kind('frames', 'product', 'more arrives on a connection than any client of the product gets'),
  'frame-violates-protocol': kind('frames', 'product', 'a frame breaks RFC 6455'),
  'closed-by-server': end('close', 'product', 'the server closes a connection that was in use'),
  'closed-uncleanly': end('close', 'product', 'the connection ends without a close frame'),
  'close-unanswered': end('close', 'product', 'our close frame is not answered'),
  'tcp-left-open': kind('close', 'environment', 'the TCP connection stays open after the closing handshake'),
  'close-misanswered': kind('close', 'product', 'our close frame is answered with another code'),
  'close-code-illegal': kind('close', 'product', 'the server sends a close code that must not be sent'),
  'success-rate-low': end('welcome', 'product', 'fewer connections succeed than were promised'),
  'internal-error-rate-high': end('welcome', 'product', 'more connections end with 1011 than were promised'),
  'runs-incomplete': end('events', 'product', 'a run lacks events, although every run owes all of them'),
  'died-while-idle': end('ping', 'product', 'a connection that was kept alive ends by itself'),
  'reconnect-failed': kind('welcome', 'product', 'a user whose connection was lost gets no new one'),
  'reconnect-late': kind('welcome', 'product', 'a new connection after a loss is ready after its budget'),
  'message-lost': kind('events', 'product', 'an event of a run that outlived its connection never arrives'),
  'message-replayed-twice': kind('events', 'product', 'a queued event arrives again on the next connection'),
  'expired-token-mishandled': kind(
    'auth',
    'product',
    'a connection whose token expires is neither kept nor ended with a reason',
  ),
  'limit-misanswered': kind('request', 'product', 'what exceeds a limit gets another answer than documented'),
  'limit-harms-others': kind('request', 'product', 'what exceeds a limit costs those who keep it'),
  'health-contradicts-websocket': kind('http', 'product', 'health says that all is well while every WebSocket fails'),
  'readiness-lies': kind('http', 'product', 'readiness says ready while every WebSocket fails'),
  'recovery-missing': kind('upgrade', 'product', 'after a restart no connection works again'),
  'harness-memory-grows': kind('setup', 'harness', 'the memory of this harness grows with the length of the run'),
  'secret-echoed': kind('frames', 'product', 'the server sends a credential back'),
  'secret-recorded': kind('setup', 'harness', 'a credential reached the history'),
} as const satisfies Record<string, FindingKind>;

/** What a doubt stands for, beside its phase, its blame and its sentence. */
export interface DoubtKind extends FindingKind {
  /**
   * Says no more than what stands elsewhere: that something failed, which another check of the same history finds
   * (`a-failure`), or that the test did not ask or did not wait (`the-test`). Left out: the doubt counts for itself.
   */
  readonly repeats?: 'a-failure' | 'the-test';
  /** Whether the history holds nothing that the check could judge. */
  readonly isIdle?: boolean;
}

const doubt = (
  phase: Phase,
  blame: Blame,
  means: string,
  rest: Pick<DoubtKind, 'repeats' | 'isIdle'> = {},
): DoubtKind => ({ phase, blame, means, ...rest });

/** Reasons why a property could not be verified. */
export const DOUBTS = {
  'not-connected': doubt('upgrade', 'environment', 'there was no connection to judge', {
    repeats: 'a-failure',
    isIdle: true,
  }),
  'not-welcomed': doubt('welcome', 'product', 'the connection never became ready', {
    repeats: 'a-failure',
    isIdle: true,
  }),
  'not-served': doubt('request', 'product', 'the connection became ready, but nothing that was asked came about', {
    repeats: 'a-failure',
  }),
  'not-asked': doubt('setup', 'harness', 'the test never asked for what it judges', {
    repeats: 'the-test',
    isIdle: true,
  }),
  'not-awaited': doubt('setup', 'harness', 'the test stopped listening too early', { repeats: 'the-test' }),
  'unreadable-instead': doubt('frames', 'product', 'what was waited for came in a message that cannot be read', {
    repeats: 'a-failure',
  }),
  'auth-bypass-active': doubt('auth', 'environment', 'the deployment accepts anybody, so this proves nothing'),
  'secret-needed': doubt('auth', 'harness', 'the test needs a secret that is not configured'),
  'harness-lag': doubt('setup', 'harness', 'our own delay could explain the miss'),
  'too-few-to-tell': doubt('setup', 'harness', 'the attempts are too few to show the rate'),
  'check-crashed': doubt('setup', 'harness', 'a check failed to judge'),
  'nothing-judged': doubt('setup', 'harness', 'the test judged nothing'),
} as const satisfies Record<string, DoubtKind>;

export type ViolationCode = keyof typeof VIOLATIONS;
export type DoubtCode = keyof typeof DOUBTS;
export type FindingCode = ViolationCode | DoubtCode;

const KINDS: Readonly<Record<FindingCode, FindingKind>> = { ...VIOLATIONS, ...DOUBTS };
const DOUBT_KINDS: Readonly<Record<string, DoubtKind>> = DOUBTS;

/** What a code stands for. */
export function findingKind(code: FindingCode): FindingKind {
  return KINDS[code];
}

/** Whether a code is a reason for not knowing, and no violation. */
export function isDoubt(code: string): code is DoubtCode {
  return Object.hasOwn(DOUBTS, code);
}

/** Whether a finding only says, for one more property, that something failed; another check finds what failed. */
export function isConsequence(code: string): boolean {
  return isDoubt(code) && DOUBT_KINDS[code]?.repeats === 'a-failure';
}

/** Whether a finding only repeats what stands elsewhere: a failure, or that the test did not ask or wait. */
export function isRepetition(code: string): boolean {
  return isDoubt(code) && DOUBT_KINDS[code]?.repeats !== undefined;
}

/** Whether a finding says that the history holds nothing that its check could judge. */
export function isIdleDoubt(code: string): boolean {
  return isDoubt(code) && DOUBT_KINDS[code]?.isIdle === true;
}

/** Whether a finding only echoes that its connection was refused, ended or fell silent. */
export function echoesAnEnd(code: FindingCode): boolean {
  return KINDS[code].echoesAnEnd === true;
}

const LEAKS: readonly string[] = ['secret-echoed', 'secret-recorded', 'bad-token-accepted', 'welcome-wrong-user'];

/** Whether a finding says that a secret, or something of one user, reaches whom it must not reach. It is said first. */
export function isLeak(code: FindingCode): boolean {
  return KINDS[code].phase === 'isolation' || LEAKS.includes(code);
}
