import { Buffer } from 'node:buffer';
import type { Socket } from 'node:net';
import { WebSocket } from 'ws';
import type { JournalFact } from './journal.ts';
import type { Act, Encode } from '../behaviour/plan.ts';
import { closeFrameBytes } from '../behaviour/raw-frames.ts';

/**
 * A `ws` socket that leaves the answer to the peer's close frame to its owner. `ws` calls `close` by itself when a close
 * frame or a broken frame arrives; here that call only informs the owner, which answers with {@link AnsweringSocket.answer}
 * or does not.
 */
export class AnsweringSocket extends WebSocket {
  /** Called with the code and reason that `ws` would answer with; 1005 when the peer gave none. */
  onPeerClose: (code: number, reason: string) => void = (code, reason) => this.answer(code, reason);

  override close(code = 1005, reason: string | Buffer = ''): void {
    const ourCloseIsOut = this.readyState === this.CLOSING;
    this.onPeerClose(code, reason.toString());
    if (ourCloseIsOut) super.close();
  }

  /** Sends a close frame; without a code when it is 1005. */
  answer(code: number, reason: string): void {
    if (code === 1005) super.close();
    else super.close(code, reason);
  }
}

/** Everything that is put on one socket goes through here, and into the journal; nothing once it is no longer open. */
export interface Wire {
  /** Whether frames can still be sent. */
  isOpen(): boolean;
  /** Does anything but a message, which has to be written as text first. */
  perform(label: string, act: Exclude<Act, { readonly kind: 'message' | 'stop-runs' }>): void;
  sendText(label: string, text: string, encode?: Encode): void;
}

/** The two ends of one connection: the WebSocket, and the TCP socket under it. */
export interface Ends {
  readonly socket: AnsweringSocket;
  readonly tcp: Socket;
}

/** A wire; with `oneSegment`, what is sent in one moment is written at once. */
export function createWire({ socket, tcp }: Ends, note: (fact: JournalFact) => void, oneSegment = false): Wire {
  const outflow = createOutflow(tcp, oneSegment);
  let isDone = false;
  const isOpen = (): boolean => !isDone && socket.readyState === socket.OPEN && tcp.writable;
  const whenFree = (send: () => void): void => outflow.whenFree(() => (isOpen() ? send() : undefined));

  const sendText = (label: string, text: string, encode?: Encode): void => {
    note({ kind: 'text', label, text });
    if (encode === undefined) socket.send(text);
    else outflow.write(encode(text));
  };

  /** Without its listener for the end, `ws` does not answer the FIN of the client with its own. */
  const leaveOpen = (code: number, reason: string): void => {
    isDone = true;
    tcp.removeAllListeners('end');
    outflow.write([closeFrameBytes(code, reason)]);
  };

  const perform: Wire['perform'] = (label, act) => {
    switch (act.kind) {
      case 'text':
        return sendText(label, act.text);
      case 'binary':
        note({ kind: 'binary', label, hex: hexOf([act.bytes]) });
        return socket.send(act.bytes);
      case 'raw':
        note({ kind: 'raw', label, hex: hexOf(act.chunks) });
        return outflow.write(act.chunks);
      case 'control':
        note({ kind: 'control', direction: 'sent', opcode: act.opcode, payload: act.payload });
        return socket[act.opcode](act.payload);
      case 'close':
        note({ kind: 'close', direction: 'sent', code: act.code, reason: act.reason });
        return act.leavesTcpOpen === true ? leaveOpen(act.code, act.reason) : socket.answer(act.code, act.reason);
      case 'cut':
        note({ kind: 'cut', label });
        if (act.how === 'reset') tcp.resetAndDestroy();
        else tcp.destroySoon();
        return undefined;
      case 'nothing':
        return undefined;
    }
  };

  return {
    isOpen,
    perform: (label, act) => whenFree(() => perform(label, act)),
    sendText: (label, text, encode) => whenFree(() => sendText(label, text, encode)),
  };
}

function hexOf(chunks: readonly Uint8Array[]): string {
  return Buffer.concat(chunks).toString('hex');
}

const BETWEEN_CHUNKS_MS = 2;

/** Writes bytes so that each chunk arrives by itself; whatever comes meanwhile waits its turn. */
export interface Outflow {
  /** Does something now, or after the bytes that are still on their way. */
  whenFree(send: () => void): void;
  /** Writes the chunks, with a pause between them. Call it within {@link Outflow.whenFree}. */
  write(chunks: readonly Uint8Array[]): void;
}

/** The outflow of one TCP socket; with `oneSegment`, what is sent in one moment is written at once. */
export function createOutflow(tcp: Socket, oneSegment = false): Outflow {
  const waiting: (() => void)[] = [];
  let busy = false;

  const writeFrom = (chunks: readonly Uint8Array[], at: number): void => {
    const chunk = chunks[at];
    if (chunk !== undefined && tcp.writable) tcp.write(chunk);
    busy = at + 1 < chunks.length && tcp.writable;
    if (busy) setTimeout(() => writeFrom(chunks, at + 1), BETWEEN_CHUNKS_MS);
    else sendWaiting();
  };

  const sendWaiting = (): void => {
    const send = waiting.shift();
    send?.();
    if (send !== undefined && !busy) sendWaiting();
  };

  return {
    whenFree(send) {
      if (oneSegment) holdForThisMoment(tcp);
      if (busy) waiting.push(send);
      else send();
    },
    write: (chunks) => writeFrom(chunks, 0),
  };
}

function holdForThisMoment(tcp: Socket): void {
  tcp.cork();
  process.nextTick(() => tcp.uncork());
}
