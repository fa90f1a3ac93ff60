import type { Finding } from '../../checks/verdict.ts';
import { allOf } from '../../history/connections.ts';
import type { Evidence } from '../evidence.ts';
import { namedBy, reported } from '../evidence.ts';
import type { Match, Signature } from '../signature.ts';
import { matchOf } from '../signature.ts';

/** Pings, pongs and heartbeats (failure notes §2.3). */
export const KEEP_ALIVE = [
  {
    id: 'FM-44',
    title: 'a ping or heartbeat is not answered, and the connection stays',
    seen: 'A ping gets no pong, or a heartbeat no acknowledgement. The connection stays open.',
    meaning: 'The handler returned without an answer.',
    phase: 'ping',
    blame: 'product',
    rule: 'no pong, or no heartbeat_ack, until the deadline, on a connection that stays open',
    specificity: 'finding',
    codes: ['pong-missing', 'heartbeat-unanswered'],
    only: staysOpen,
    sharesWith: ['FM-43'],
    candidates: ['the handler treats the connection as closed and returns without an answer', 'the type is not routed'],
    next: ['See whether ping control frames and agents were answered in the same test'],
  },
  {
    id: 'FM-43',
    title: 'the connection is welcomed, and then ignores every message',
    seen: 'A welcome, and then no answer to a ping or a request on the same connection.',
    meaning:
      'The connection is open for the transport, but not for the application. Some releases ignore the canonical message types.',
    phase: 'request',
    blame: 'product',
    rule: 'on one connection neither a ping nor a request to an agent was answered',
    specificity: 'combination',
    matches: (evidence) => {
      const deaf = new Set(namedBy(evidence, reported(evidence, ['pong-missing'])).map(({ name }) => name));
      const mute = reported(
        evidence,
        ['run-unanswered'],
        ({ connection }) => deaf.has(connection) && evidence.byName.get(connection)?.welcome !== undefined,
      );
      return matchOf(evidence, mute);
    },
    sharesWith: ['FM-44', 'FM-48'],
    alsoShowsAs: ['FM-44', 'FM-48', 'FM-50', 'bad-input', 'control-ping-unanswered'],
    candidates: ['the state machine of the connection is stuck in CONNECTING', 'the router ignores canonical types'],
    next: ['Try other message types of the protocol by hand', 'Ask the backend developers for the state transitions'],
  },
  {
    id: 'FM-45',
    title: 'a ping is answered by a heartbeat instead of a pong',
    seen: 'A ping gets no pong, but a heartbeat arrives.',
    meaning:
      'A heartbeat of the server is no answer to a ping. Clients that accept every message as a pong do not notice the failure.',
    phase: 'ping',
    blame: 'product',
    rule: 'no pong, but a heartbeat arrived on the same connection after the ping',
    specificity: 'combination',
    matches: heartbeatInstead,
    sharesWith: ['FM-44'],
    candidates: ['the idle heartbeat of the server runs while pings are not handled'],
    next: ['Compare the times of heartbeat and ping in the attachment "transcript": an idle heartbeat is periodic'],
  },
  {
    id: 'pong-late',
    title: 'a pong comes late',
    seen: 'A pong arrives after its budget.',
    meaning: 'The message loop was busy.',
    phase: 'ping',
    blame: 'product',
    rule: 'a pong after its budget, before its deadline',
    specificity: 'finding',
    codes: ['pong-late'],
    alsoShowsAs: ['harness-lag'],
    candidates: ['the message loop is busy with an agent', 'an overloaded instance'],
    next: ['Compare with the latency trend', 'See whether an agent was running at the time'],
  },
  {
    id: 'pong-wrong',
    title: 'a pong answers a ping that was never sent, or one twice',
    seen: 'A pong echoes something that was never sent, or arrives twice.',
    meaning: 'The answer belongs to another ping, perhaps of another connection.',
    phase: 'ping',
    blame: 'product',
    rule: 'a pong whose echo names no open ping of this connection',
    specificity: 'combination',
    codes: ['pong-mismatched', 'pong-duplicated'],
    candidates: ['two handlers answer', "another connection's pong was delivered here"],
    next: ['Compare the echoed ids in the attachment "transcript"'],
  },
  {
    id: 'control-ping-unanswered',
    title: 'a ping control frame is not answered',
    seen: 'A ping control frame gets no pong frame.',
    meaning:
      'RFC 6455 obliges every endpoint to answer. Libraries answer by themselves, unless the process is blocked.',
    phase: 'ping',
    blame: 'product',
    rule: 'no pong frame with the same payload (RFC 6455 §5.5.3)',
    specificity: 'finding',
    codes: ['control-ping-unanswered'],
    only: staysOpen,
    candidates: ['a proxy that does not pass control frames', 'a blocked server process'],
    next: ['See whether JSON pings were answered in the same minute'],
  },
] as const satisfies readonly Signature[];

function heartbeatInstead(evidence: Evidence): Match | undefined {
  const findings = reported(evidence, ['pong-missing'], ({ entries, connection }) =>
    allOf(evidence.byName.get(connection)?.entries ?? [], 'received').some(
      ({ index, message }) => message.meaning === 'heartbeat' && index > (entries[0] ?? Infinity),
    ),
  );
  return matchOf(evidence, findings);
}

/** An answer that is missing because the connection ended belongs to the signature of the end. */
function staysOpen({ connection }: Finding, { byName }: Evidence): boolean {
  return byName.get(connection)?.closed?.by !== 'them';
}
