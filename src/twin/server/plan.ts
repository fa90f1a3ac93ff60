import type { JsonObject } from '../../protocol/fields.ts';

/** Makes a message for the moment at which it is sent; `epochMs` is that moment. */
export type Compose = (epochMs: number) => JsonObject;

/** Turns a text into the bytes that carry it; each array arrives in a TCP segment of its own. Without one, `ws` frames it. */
export type Encode = (text: string) => readonly Uint8Array[];

/** One thing that a server can do on an open socket. */
export type Act =
  | { readonly kind: 'message'; readonly compose: Compose; readonly encode?: Encode }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'binary'; readonly bytes: Uint8Array }
  /** Bytes on the TCP stream, legal or not; each chunk arrives in a segment of its own. */
  | { readonly kind: 'raw'; readonly chunks: readonly Uint8Array[] }
  | { readonly kind: 'control'; readonly opcode: 'ping' | 'pong'; readonly payload: string }
  /** A close frame; without a code when `code` is 1005. */
  | { readonly kind: 'close'; readonly code: number; readonly reason: string }
  /** The TCP connection ends without a close frame: FIN, or RST. */
  | { readonly kind: 'cut'; readonly how: 'end' | 'reset' }
  | { readonly kind: 'nothing' };

/** A fault that fires when its step is played; `hit` names the frame, connection or stage. */
export interface Mark {
  readonly name: string;
  readonly hit: string;
}

/** One act, `afterMs` after the step before it. */
export interface Step {
  readonly label: string;
  readonly afterMs: number;
  readonly act: Act;
  /** `user`: a message goes to every socket of the same user (protocol notes §11). Default: to this connection only. */
  readonly audience?: 'connection' | 'user';
  readonly marks?: readonly Mark[];
}

/** What a server does in answer to one stimulus, in order. */
export type Plan = readonly Step[];

/** A JSON message for this connection. */
export function say(label: string, compose: Compose, afterMs = 0): Step {
  return { label, afterMs, act: { kind: 'message', compose } };
}

/** A JSON message for every socket of the user. */
export function tellUser(label: string, compose: Compose, afterMs = 0): Step {
  return { ...say(label, compose, afterMs), audience: 'user' };
}

export function closeWith(code: number, reason: string, afterMs = 0): Step {
  return { label: `close-${code}`, afterMs, act: { kind: 'close', code, reason } };
}

/** The end of the TCP connection without a close frame. */
export function cutOff(how: 'end' | 'reset' = 'end', afterMs = 0): Step {
  return { label: 'cut', afterMs, act: { kind: 'cut', how } };
}

/** Deliberately nothing. */
export function stayQuiet(label: string, afterMs = 0): Step {
  return { label, afterMs, act: { kind: 'nothing' } };
}

/** Bytes as they are. */
export function rawBytes(label: string, chunks: readonly Uint8Array[], afterMs = 0): Step {
  return { label, afterMs, act: { kind: 'raw', chunks } };
}
