import type { Message, UnreadableReason } from '../protocol/message.ts';
import type { ProbeName } from './probe-names.ts';
import type { WaitGoal } from './wait-goals.ts';

/** HTTP headers, names in lower case. */
export type Headers = Readonly<Record<string, string>>;

/** One fact, as it is reported to the recorder, which adds the time and the order. */
export type Fact =
  | HandshakeRequest
  | Reached
  | HandshakeAnswer
  | Opened
  | Refused
  | Frame<'sent'>
  | Frame<'received'>
  | Unreadable
  | Control
  | Quiet
  | Deadline
  | Broken
  | Flooded
  | Closed
  | Ended
  | Probe
  | FaultFired
  | Lag;

export interface HandshakeRequest {
  readonly kind: 'handshake-request';
  readonly url: string;
  readonly headers: Headers;
  /** Subprotocols in order of preference. */
  readonly offered: readonly string[];
  /** The test user that the credential names. */
  readonly user: string;
  /** `valid`, or the kind of bad credential that is presented on purpose. */
  readonly credential: string;
}

/** What must be there before an upgrade request can be sent, in order; `secured` over TLS alone. */
export const STAGES = ['resolved', 'connected', 'secured'] as const;

/** A stage on the way to the upgrade was reached: the name was resolved, TCP connected, or TLS established. */
export interface Reached {
  readonly kind: 'reached';
  readonly stage: (typeof STAGES)[number];
  /** The address, the address and port, or the version of TLS. */
  readonly found: string;
}

/** The HTTP answer to the upgrade, 101 included. `body` holds at most 4 KB and is absent for a 101. */
export interface HandshakeAnswer {
  readonly kind: 'handshake-answer';
  readonly status: number;
  readonly headers: Headers;
  readonly body?: string;
}

export interface Opened {
  readonly kind: 'opened';
  /** The selected subprotocol; empty when there is none. */
  readonly subprotocol: string;
  readonly localPort: number;
}

/** The handshake ended without a socket. `code` is the system's or the library's error code where there is one. */
export interface Refused {
  readonly kind: 'refused';
  readonly because: string;
  readonly code?: string;
}

/** One text message. `bytes` is its size in UTF-8. */
export interface Frame<Direction extends 'sent' | 'received'> {
  readonly kind: Direction;
  readonly text: string;
  readonly bytes: number;
  /** What the text says; derived from it, never stored with it. */
  readonly message: Message;
}

/** A data message that is no JSON object. `excerpt` holds its first 200 characters, or bytes in hexadecimal. */
export interface Unreadable {
  readonly kind: 'unreadable';
  readonly direction: 'sent' | 'received';
  readonly why: UnreadableReason;
  readonly excerpt: string;
  readonly bytes: number;
  /** Why the text is no JSON: the value, its place and the parser's message. */
  readonly problem?: string;
  /** The `type` that the text names all the same. */
  readonly type?: string;
}

/** A control frame (RFC 6455 §5.5). `payload` is text. */
export interface Control {
  readonly kind: 'control';
  readonly direction: 'sent' | 'received';
  readonly opcode: 'ping' | 'pong';
  readonly payload: string;
}

/** Nothing arrived for `forMs`, and that was waited for. */
export interface Quiet {
  readonly kind: 'quiet';
  readonly forMs: number;
}

/** Which of the three limits of a wait ran out. */
export type WaitLimit = 'total' | 'gap' | 'idle';

/** A wait that expired. `lastSeen` is the index of the last thing that arrived on the connection. */
export interface Deadline {
  readonly kind: 'deadline';
  readonly limit: WaitLimit;
  readonly waitingFor: WaitGoal;
  readonly afterMs: number;
  readonly lastSeen?: number;
}

/** The socket failed; `code` is the library's or the system's error code. */
export interface Broken {
  readonly kind: 'broken';
  readonly code: string;
  readonly message: string;
}

/**
 * More arrived on one connection than a client of the product ever gets, and the socket was cut. `frames` and `bytes` are
 * what was kept, within `forMs` since the connection opened; the frame that exceeded `most` and all later ones are not.
 */
export interface Flooded {
  readonly kind: 'flooded';
  readonly limit: 'frames' | 'bytes';
  readonly most: number;
  readonly frames: number;
  readonly bytes: number;
  readonly forMs: number;
}

/** The other side's close frame arrived (RFC 6455 §5.5.1), or, as 1006, the TCP connection ended without one (§7.1.5). */
export interface Closed {
  readonly kind: 'closed';
  readonly code: number;
  readonly reason: string;
  readonly by: 'us' | 'them';
}

/** The TCP connection ended after the other side's close frame (RFC 6455 §7.1.1). */
export interface Ended {
  readonly kind: 'ended';
}

/** One HTTP request beside the socket, or one stage of the preflight. `body` holds at most 256 KB. */
export interface Probe {
  readonly kind: 'probe';
  readonly name: ProbeName;
  readonly target: string;
  readonly durationMs: number;
  readonly status?: number;
  readonly headers?: Headers;
  readonly body?: string;
  /** What was found where there is no HTTP answer: addresses, a protocol version, a skew. */
  readonly found?: string;
  /** Set when the probe failed. */
  readonly error?: string;
}

/** The twin misbehaved on purpose. */
export interface FaultFired {
  readonly kind: 'fault';
  readonly name: string;
  readonly hit: string;
}

/** The harness itself was late by `lateMs` when this was recorded. */
export interface Lag {
  readonly kind: 'lag';
  readonly lateMs: number;
}

/** One recorded fact. `atMs` is monotonic; `connection` names the socket, or is empty for what belongs to none. */
export type Entry = { readonly index: number; readonly atMs: number; readonly connection: string } & Fact;

/** The entries of one test, in order. */
export type History = readonly Entry[];

export type EntryOf<Kind extends Fact['kind']> = Extract<Entry, { readonly kind: Kind }>;
