import { Buffer } from 'node:buffer';
import type { Socket } from 'node:net';
import type { AnsweringSocket } from './answering-socket.ts';
import type { JournalFact } from './journal.ts';
import { createOutflow } from './outflow.ts';
import type { Act, Encode } from './plan.ts';

/** Everything that is put on one socket goes through here, and into the journal; nothing once it is no longer open. */
export interface Wire {
  /** Whether frames can still be sent. */
  isOpen(): boolean;
  /** Does anything but a message, which has to be written as text first. */
  perform(label: string, act: Exclude<Act, { readonly kind: 'message' }>): void;
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
  const isOpen = (): boolean => socket.readyState === socket.OPEN && tcp.writable;
  const whenFree = (send: () => void): void => outflow.whenFree(() => (isOpen() ? send() : undefined));

  const sendText = (label: string, text: string, encode?: Encode): void => {
    note({ kind: 'text', label, text });
    if (encode === undefined) socket.send(text);
    else outflow.write(encode(text));
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
        return socket.answer(act.code, act.reason);
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
