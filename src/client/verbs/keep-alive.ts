import type WebSocket from 'ws';
import type { Entry } from '../../history/entry.ts';
import type { Recorder } from '../../history/recorder.ts';
import type { WaitGoal } from '../../history/wait-goals.ts';
import type { OutgoingMessage } from '../../protocol/requests.ts';
import {
  handshakeAcknowledgedMessage,
  heartbeatAckMessage,
  heartbeatMessage,
  pingMessage,
  pongMessage,
} from '../../protocol/requests.ts';
import { sendText } from '../record-socket.ts';
import type { ClientContext } from './context.ts';
import type { WaitEnding } from './wait.ts';

/** Both levels of keep-alive. Each verb sends one question and waits for one more answer than there were questions before. */
export interface KeepAliveVerbs {
  /** JSON `ping`, padded to a size in bytes where one is given, until its `pong`. */
  ping(bytes?: number): Promise<WaitEnding>;
  /** JSON `heartbeat`, until its `heartbeat_ack`. */
  heartbeat(): Promise<WaitEnding>;
  /** Ping control frame, until its pong (RFC 6455 §5.5.2). */
  pingFrame(): Promise<WaitEnding>;
}

/** The verbs of keep-alive, on one connection. */
export function keepAliveVerbs({
  socket,
  recorder,
  name,
  budgets,
  now,
  createId,
  wait,
}: ClientContext): KeepAliveVerbs {
  const send = (message: OutgoingMessage): void => sendText(recorder, name, socket, JSON.stringify(message));
  const asked = { pong: 0, 'heartbeat-ack': 0 };
  let lastPingMs = 0;

  /** What came before the question, asked for or not, does not answer it. */
  const until = (waitingFor: WaitGoal, meaning: keyof typeof asked): Promise<WaitEnding> => {
    const isAnswer = (entry: Entry): boolean =>
      entry.kind === 'received' && entry.connection === name && entry.message.meaning === meaning;
    const wanted = 1 + Math.max(asked[meaning], recorder.history.filter(isAnswer).length);
    asked[meaning] = wanted;
    let seen = 0;
    const isEnough = (entry: Entry): boolean => {
      if (isAnswer(entry)) seen += 1;
      return seen >= wanted;
    };
    return wait(waitingFor, { until: isEnough, totalMs: budgets.pongDeadlineMs });
  };

  /** Servers echo the timestamp of a ping, so no two pings of a connection may share one. */
  const uniqueMs = (): number => (lastPingMs = Math.max(now(), lastPingMs + 1));

  return {
    ping(bytes) {
      send(padded(pingMessage(createId(), uniqueMs()), bytes));
      return until('pong', 'pong');
    },
    heartbeat() {
      send(heartbeatMessage(createId(), uniqueMs()));
      return until('heartbeat_ack', 'heartbeat-ack');
    },
    pingFrame() {
      const payload = createId().slice(0, 36);
      if (socket.readyState === socket.OPEN) {
        socket.ping(payload);
        recorder.record(name, { kind: 'control', direction: 'sent', opcode: 'ping', payload });
      }
      const isPong = (entry: Entry): boolean =>
        entry.kind === 'control' &&
        entry.direction === 'received' &&
        entry.opcode === 'pong' &&
        entry.payload === payload;
      return wait('pong frame', { until: isPong, totalMs: budgets.pongDeadlineMs });
    },
  };
}

/** The message with a field of padding, such that its text (ASCII) has exactly so many bytes. */
function padded(message: OutgoingMessage, bytes: number | undefined): OutgoingMessage {
  if (bytes === undefined) return message;
  const missing = bytes - JSON.stringify({ ...message, padding: '' }).length;
  return { ...message, padding: 'x'.repeat(Math.max(0, missing)) };
}

/**
 * Answers the keep-alive and the handshake messages of a server as they arrive (protocol notes §C1). Attached before the
 * socket opens, because a server may ask in the same TCP segment that completes the upgrade.
 */
export function answerKeepAlive(recorder: Recorder, connection: string, socket: WebSocket): void {
  recorder.watch(connection, (entry) => {
    const answer = answerOwedFor(entry, Date.now());
    if (answer !== undefined) sendText(recorder, connection, socket, JSON.stringify(answer));
  });
}

/** What a client owes for something it received, or nothing. `nowMs` is epoch milliseconds. */
function answerOwedFor(entry: Entry, nowMs: number): OutgoingMessage | undefined {
  if (entry.kind !== 'received') return undefined;
  const { meaning, timestampMs, type, thread } = entry.message;
  if (meaning === 'ping') return pongMessage(timestampMs, nowMs);
  if (meaning === 'heartbeat') return heartbeatAckMessage(nowMs);
  if (type === 'handshake_response') return handshakeAcknowledgedMessage(thread, new Date(nowMs).toISOString());
  return undefined;
}
