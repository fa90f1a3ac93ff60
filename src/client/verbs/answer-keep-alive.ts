import type WebSocket from 'ws';
import type { Entry } from '../../history/entry.ts';
import type { Recorder } from '../../history/recorder.ts';
import type { OutgoingMessage } from '../../protocol/requests.ts';
import { handshakeAcknowledgedMessage, heartbeatAckMessage, pongMessage } from '../../protocol/requests.ts';
import { sendText } from './send-text.ts';

/**
 * Answers the keep-alive and the handshake messages of a server as they arrive (protocol notes §C1). Attached before the
 * socket opens, because a server may ask in the very segment that completes the upgrade.
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
