import type { Connection } from '../../history/connections.ts';
import type { Entry } from '../../history/entry.ts';
import { extremesOf } from '../../history/extremes.ts';
import { REFUSING_CODES } from '../../protocol/close-codes.ts';
import type { ConnectionEnding } from '../endings.ts';
import { endingsOf, onEndingAnywhere } from '../endings.ts';
import type { Evidence } from '../evidence.ts';
import type { Match, Signature } from '../signature.ts';
import { matchOn, onFinding } from '../signature.ts';

const GOING_AWAY = [1001, 1012];
/** Codes that other signatures explain at every stage. */
const EXPLAINED = [1000, 1001, 1005, 1006, 1011, 1012, 1013];
const SHORT_LIFE_MS = { from: 4000, to: 10_000 };
const ASK_BACKEND = 'Ask the backend developers for the log of this connection at this time';

/** Connections that the server, or something between, ends while they are in use, and closing handshakes that differ from RFC 6455 §5.5.1 and §7.4 (failure notes §2.3, §2.5 rule 1). */
export const CLOSING = [
  {
    id: 'FM-30',
    title: 'the server closes with 1000 although nobody asked',
    seen: 'The server closes with 1000, often "main cleanup", before the welcome, in a run or in between.',
    meaning:
      '1000 means that both sides are finished, and the client had not asked to close. The server swallowed an exception, and its clean-up closed the connection.',
    phase: 'close',
    blame: 'product',
    rule: 'an unsolicited 1000: the clean-up after a server exception that is not reported',
    specificity: 'combination',
    matches: onEndingAnywhere(({ code }) => code === 1000),
    candidates: ['an exception while the welcome or an answer was built', 'a message loop that ended with an error'],
    next: ['Do not treat 1000 as a good end', ASK_BACKEND],
  },
  {
    id: 'FM-27',
    title: 'welcomed, then closed with 1011 before anything was answered',
    seen: 'A welcome, and then close 1011 before the server answers anything.',
    meaning: 'The connection works, but its first exchange of messages does not.',
    phase: 'request',
    blame: 'product',
    rule: 'close 1011 after the welcome, before the first answer',
    specificity: 'combination',
    matches: onEndingAnywhere(
      ({ stage, code, hadAnswered }) => code === 1011 && stage !== 'before-welcome' && stage !== 'run' && !hadAnswered,
    ),
    sharesWith: ['FM-41', 'FM-78'],
    candidates: [
      'services that are not ready at the first message',
      'session middleware missing or in the wrong order',
    ],
    next: ['See in the attachment "transcript" whether it closed before or after our first message', ASK_BACKEND],
  },
  {
    id: 'FM-64',
    title: 'the connection ends in the middle of a run',
    seen: 'The connection ends after a request to an agent and before the run ends.',
    meaning: 'The user sees half an answer. The last event, and the time since then, show how far the run got.',
    phase: 'events',
    blame: 'product',
    rule: 'closed or cut by the server after an agent was asked and before the run ended',
    specificity: 'finding',
    matches: onEndingAnywhere(({ stage, code }) => code !== 1000 && (stage === 'run' || stage === 'request')),
    sharesWith: ['FM-42'],
    candidates: ['a send after close', 'a revision that is rolled over', 'a proxy that cuts long connections'],
    next: ['Look at the last event and the time since then, measured above', ASK_BACKEND],
  },
  {
    id: 'going-away',
    title: 'the server says that it goes away',
    seen: 'Close 1001 or 1012.',
    meaning: 'The server leaves on purpose: it restarts, or another revision replaces it.',
    phase: 'close',
    blame: 'environment',
    rule: 'close 1001 or 1012',
    specificity: 'combination',
    matches: onEndingAnywhere(({ code, stage }) => GOING_AWAY.includes(code) && stage !== 'run' && stage !== 'request'),
    sharesWith: ['FM-14'],
    candidates: ['a deployment, a restart, or an instance that is scaled down'],
    next: ['Ask whether a deployment ran at this time', 'Run again afterwards'],
  },
  {
    id: 'closed-without-code',
    title: 'the server closes without a code',
    seen: 'A close frame arrives that carries no code; clients report 1005.',
    meaning:
      'The server ended the connection in order, by a call without arguments, and does not say why (RFC 6455 §7.4.1). It is no crash and no cut: those show as 1006.',
    phase: 'close',
    blame: 'product',
    rule: 'close 1005 by the server outside a run, while something was owed',
    specificity: 'finding',
    matches: onEndingAnywhere(({ code, stage }) => code === 1005 && stage !== 'run' && stage !== 'request'),
    sharesWith: ['FM-46'],
    candidates: ['a handler or a framework that closes without a code and a reason'],
    next: ['Look for calls of close() without arguments on the path that was taken', ASK_BACKEND],
  },
  {
    id: 'FM-46',
    title: 'an idle connection is ended',
    seen: 'A connection on which nothing is open is closed or cut.',
    meaning: 'The interval of the keep-alive is longer than a time-out of the service or of a load balancer.',
    phase: 'ping',
    blame: 'product',
    rule: 'closed or cut while nothing was open: no run, and no answer owed',
    specificity: 'finding',
    matches: (evidence) => onEndingAnywhere(isIdle)(evidence) ?? onFinding(['died-while-idle'])(evidence),
    sharesWith: ['FM-42', 'FM-47'],
    candidates: ['the heartbeat time-out is shorter than the interval', 'an idle time-out of the load balancer'],
    next: ['Compare the age with known limits: 6 s, 30 s, 2 min, 5 min', 'See whether heartbeats were exchanged'],
  },
  {
    id: 'idle-limit',
    title: 'connections are cut after the same silence each time',
    seen: 'Several connections end without a close frame, at different moments, each after the same time without a frame.',
    meaning:
      'Something on the way ends connections on which nothing moves for that long; what was asked last is not the cause.',
    phase: 'ping',
    blame: 'environment',
    rule: 'at least two connections end with 1006 at different moments, after silences of at least one second that are equal within 5 %',
    specificity: 'mark',
    matches: onSameSilence,
    sharesWith: ['FM-46', 'FM-47'],
    candidates: [
      'an idle time-out of a proxy or load balancer, such as proxy_read_timeout or timeout tunnel',
      'an idle time-out of the service itself',
    ],
    next: [
      'Compare the silence measured above with the time-outs of every proxy between this machine and the service',
      'The keep-alive interval of the service must be shorter than the shortest of them',
    ],
  },
  {
    id: 'FM-47',
    title: 'a connection dies at about six seconds',
    seen: 'An idle connection is closed or cut four to ten seconds after it opened.',
    meaning: 'Earlier releases had this failure and fixed it. It may be back.',
    phase: 'ping',
    blame: 'product',
    rule: `cut without use at an age of ${SHORT_LIFE_MS.from} to ${SHORT_LIFE_MS.to} ms`,
    specificity: 'combination',
    matches: onEndingAnywhere(
      (ending) => isIdle(ending) && ending.ageMs >= SHORT_LIFE_MS.from && ending.ageMs <= SHORT_LIFE_MS.to,
    ),
    candidates: ['a known instability of earlier releases'],
    next: ['Compare the revision with the one that had been fixed', 'Hold a connection idle for 60 s'],
  },
  {
    id: 'closed-otherwise',
    title: 'the server closes with an unexpected close code',
    seen: 'Close 1002, 1003, 1007, 1008, 1009 or a code above 3000, where no other signature fits.',
    meaning: 'The server had a reason. The close code and the text name it.',
    phase: 'close',
    blame: 'product',
    rule: 'closed by the server with a code that no other signature explains',
    specificity: 'family',
    matches: onEndingAnywhere(
      ({ code, stage }) => !EXPLAINED.includes(code) && !(stage === 'before-welcome' && REFUSING_CODES.includes(code)),
    ),
    candidates: ['1008: a policy, read the reason', '1002, 1003, 1007, 1009: the server did not accept what we sent'],
    next: ['Read the reason measured above', 'Look at what we had sent last in the attachment "transcript"'],
  },
  {
    id: 'close-unanswered',
    title: 'our close frame is not answered as it should be',
    seen: 'The client closes, and gets no close frame, another code or a cut.',
    meaning:
      'The closing handshake of RFC 6455 §5.5.1 does not finish. Users do not notice it; load balancers and counters of open connections do.',
    phase: 'close',
    blame: 'product',
    rule: 'no close frame in answer to ours, another code in it, or a cut',
    specificity: 'finding',
    matches: (evidence) =>
      onFinding(['close-unanswered', 'close-misanswered'])(evidence) ??
      matchOn(evidence.affected.filter(({ closed }) => closed?.by === 'us' && closed.code === 1006)),
    candidates: ['the handler has ended already, or is blocked', 'a proxy that drops close frames'],
    next: ['See in the attachment "transcript" what still came after our close frame'],
  },
  {
    id: 'tcp-left-open',
    title: 'the TCP connection stays open after the closing handshake',
    seen: 'Both close frames are sent, and the TCP connection does not end.',
    meaning:
      'The product keeps its promise to close; something below it does not end the connection (RFC 6455 §7.1.1). Users do not notice it; open connections add up until a limit is reached.',
    phase: 'close',
    blame: 'environment',
    rule: 'the close frame arrives, and the TCP connection is still open when the close deadline ends',
    specificity: 'family',
    codes: ['tcp-left-open'],
    candidates: ['a proxy keeps the connection to the client', 'the framework of the server waits for its handler'],
    next: ['Compare with a connection that goes past the proxy', 'Count the open connections of the service'],
  },
  {
    id: 'close-code-illegal',
    title: 'the server sends a close code that must not be sent',
    seen: 'A close frame carries a code such as 401.',
    meaning: 'Clients must treat it as a protocol error, and report 1002 or 1006 instead.',
    phase: 'close',
    blame: 'product',
    rule: 'a close frame outside 1000–1014 and 3000–4999, or with a reserved code',
    specificity: 'combination',
    codes: ['close-code-illegal'],
    candidates: ['an HTTP status such as 401 is used as close code'],
    next: ['Report it with the attachment "transcript": clients see 1002 or 1006 instead'],
  },
] as const satisfies readonly Signature[];

function isIdle({ stage, code, hadAnswered }: ConnectionEnding): boolean {
  return stage === 'idle' && (code === 1006 || (code === 1011 && hadAnswered));
}

const LEAST_SILENCE_MS = 1000;
const TOLERANCE = 0.05;

/** Connections that end together share a cause, such as a restart, and their silences prove nothing. */
const LEAST_APART_MS = 200;

/** Connections that were cut, at different moments, after the same silence. */
function onSameSilence(evidence: Evidence): Match | undefined {
  const cut = endingsOf(evidence).flatMap(({ code, connection }) => {
    const silenceMs = silenceOf(connection);
    const isLong = silenceMs !== undefined && silenceMs >= LEAST_SILENCE_MS;
    return code === ABNORMAL && isLong ? [{ connection, silenceMs, atMs: connection.closed?.atMs ?? 0 }] : [];
  });
  const silences = extremesOf(cut.map(({ silenceMs }) => silenceMs));
  const moments = extremesOf(cut.map(({ atMs }) => atMs));
  if (cut.length < 2 || silences === undefined || moments === undefined) return undefined;
  if (silences.most - silences.least > TOLERANCE * silences.most) return undefined;
  if (moments.most - moments.least < LEAST_APART_MS) return undefined;
  const seconds = (silences.most / 1000).toFixed(1);
  const measured = [`idle for ${seconds} s each time, on ${cut.length} connections`];
  return matchOn(
    cut.map(({ connection }) => connection),
    { measured },
  );
}

/** From the last frame on a connection, or its opening, to its end. */
function silenceOf({ entries, closed }: Connection): number | undefined {
  if (closed === undefined) return undefined;
  const last = entries.findLast(({ kind, index }) => index < closed.index && MOVES.includes(kind));
  return last === undefined ? undefined : closed.atMs - last.atMs;
}

const MOVES: readonly Entry['kind'][] = ['opened', 'sent', 'received', 'control', 'unreadable'];

/** No close frame came (RFC 6455 §7.1.5). */
const ABNORMAL = 1006;
