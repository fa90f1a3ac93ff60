import type WebSocket from 'ws';
import type { Recorder } from '../../history/recorder.ts';

/** Sends one text message and records it. On a socket that is not open nothing is sent, and nothing recorded. */
export function sendText(recorder: Recorder, connection: string, socket: WebSocket, text: string): void {
  if (socket.readyState !== socket.OPEN) return;
  socket.send(text);
  recorder.recordText(connection, 'sent', text, Buffer.byteLength(text));
}
