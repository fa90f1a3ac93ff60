import { EventEmitter } from 'node:events';
import { performance } from 'node:perf_hooks';
import type WebSocket from 'ws';
import type { Limits } from '../history/budgets.ts';
import type { Flooded } from '../history/entry.ts';
import type { Recorder } from '../history/recorder.ts';

const EXCERPT_BYTES = 100;
/** Errors of `ws` about a frame that breaks RFC 6455; it has sent a close frame then, and reads nothing more. */
const BROKEN_FRAME = 'WS_ERR_';
/** How long the other side may take to end the TCP connection after it. */
const END_AFTER_BROKEN_FRAME_MS = 1000;
const closing = new WeakSet<WebSocket>();

/** Marks a socket as closed by us, so that its end is recorded as ours. */
export function closesByUs(socket: WebSocket): void {
  closing.add(socket);
}

/** Records everything that arrives on an open socket, at the moment it is read from the network, as far as the limits allow. */
export function recordSocket(recorder: Recorder, connection: string, socket: WebSocket, limits: Limits): void {
  const { atMs } = recorder.record(connection, {
    kind: 'opened',
    subprotocol: socket.protocol,
    localPort: localPortOf(socket),
  });
  const fits = limitedTo(limits, (flood) => {
    closesByUs(socket);
    recorder.record(connection, { kind: 'flooded', ...flood, forMs: performance.now() - atMs });
    socket.terminate();
  });
  const control = (direction: 'sent' | 'received', opcode: 'ping' | 'pong', payload: Buffer): void =>
    void recorder.record(connection, { kind: 'control', direction, opcode, payload: payload.toString('utf8') });
  socket.on('message', (data, isBinary) => {
    const bytes = Buffer.isBuffer(data) ? data : Buffer.concat(Array.isArray(data) ? data : [Buffer.from(data)]);
    if (!fits(bytes.length)) return;
    if (isBinary) recordBinary(recorder, connection, bytes);
    else recorder.recordText(connection, 'received', bytes.toString('utf8'), bytes.length);
  });
  socket.on('ping', (payload) => {
    if (!fits(payload.length)) return;
    control('received', 'ping', payload);
    if (socket.readyState !== socket.OPEN) return;
    socket.pong(payload);
    control('sent', 'pong', payload);
  });
  socket.on('pong', (payload) => {
    if (fits(payload.length)) control('received', 'pong', payload);
  });
  socket.on('error', (error) => {
    const code = 'code' in error ? String(error.code) : error.name;
    recorder.record(connection, { kind: 'broken', code, message: error.message });
    if (code.startsWith(BROKEN_FRAME)) setTimeout(() => socket.terminate(), END_AFTER_BROKEN_FRAME_MS).unref();
  });
  recordEnd(recorder, connection, socket);
}

type Flood = Pick<Flooded, 'limit' | 'most' | 'frames' | 'bytes'>;

/** Counts frames; gives whether one more fits. The first that does not is a flood, and nothing fits after it. */
function limitedTo({ mostFrames, mostBytes }: Limits, flooded: (flood: Flood) => void): (size: number) => boolean {
  let frames = 0;
  let bytes = 0;
  let isFull = false;
  return (size) => {
    if (isFull) return false;
    const limit = frames + 1 > mostFrames ? 'frames' : 'bytes';
    isFull = frames + 1 > mostFrames || bytes + size > mostBytes;
    if (isFull) flooded({ limit, most: limit === 'frames' ? mostFrames : mostBytes, frames, bytes });
    else {
      frames += 1;
      bytes += size;
    }
    return !isFull;
  };
}

/** `ws` reports the close only when TCP has ended; its receiver reports when the close frame is read. */
function recordEnd(recorder: Recorder, connection: string, socket: WebSocket): void {
  let isClosed = false;
  const closed = (code: number, reason: Buffer): void => {
    isClosed = true;
    const by = closing.has(socket) ? 'us' : 'them';
    recorder.record(connection, { kind: 'closed', code, reason: reason.toString('utf8'), by });
  };
  const receiver: unknown = Reflect.get(socket, '_receiver');
  if (receiver instanceof EventEmitter) receiver.once('conclude', closed);
  socket.once('close', (code, reason) => {
    if (isClosed) recorder.record(connection, { kind: 'ended' });
    else closed(code, reason);
  });
}

/** Sends one text message and records it. On a socket that is not open nothing is sent, and nothing recorded. */
export function sendText(recorder: Recorder, connection: string, socket: WebSocket, text: string): void {
  if (socket.readyState !== socket.OPEN) return;
  socket.send(text);
  recorder.recordText(connection, 'sent', text, Buffer.byteLength(text));
}

function recordBinary(recorder: Recorder, connection: string, data: Buffer): void {
  const excerpt = data.subarray(0, EXCERPT_BYTES).toString('hex');
  recorder.record(connection, {
    kind: 'unreadable',
    direction: 'received',
    why: 'binary',
    excerpt,
    bytes: data.length,
  });
}

/** `ws` keeps its TCP socket private; the port pairs our record with that of the twin. */
function localPortOf(socket: WebSocket): number {
  const tcp: unknown = Reflect.get(socket, '_socket');
  const port: unknown = typeof tcp === 'object' && tcp !== null ? Reflect.get(tcp, 'localPort') : undefined;
  return typeof port === 'number' ? port : 0;
}
