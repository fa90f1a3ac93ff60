import type { JsonObject } from '../../protocol/fields.ts';
import type { UnreadableReason } from '../../protocol/message.ts';
import type { Admission, UpgradeAttempt, FlawedCredential, Decision } from './attempt.ts';
import type { Compose } from './plan.ts';
import type { TwinTiming } from './timing.ts';

/** The data of the protocol version that behaviour may depend on. */
export interface ProfileData {
  /** Larger messages are an `oversize` request. Bytes. */
  readonly maxMessageBytes: number;
  /** The selected subprotocol; empty for none. */
  readonly selectSubprotocol: (offered: readonly string[]) => string;
  /** Makes a thread for each run whose thread the user was not told of. Default: the client's thread is honoured. */
  readonly ownThreads?: boolean;
  /** Reads the next message of a connection when a run is over. Default: at once. */
  readonly awaitsRuns?: boolean;
  /** Where a request of a type keeps its text, if not where beta-9 looks (protocol notes §7.4). */
  readonly promptFields?: Readonly<Record<string, readonly string[]>>;
  /** The type of the message that is read before any other. Default: they are read in order. */
  readonly readsFirst?: string;
  /** So many failed messages in a row end the connection without a close frame. Default: any number is survived. */
  readonly failuresInARow?: number;
}

/** How often a twin has begun to listen, and how long ago that was. */
export interface Starts {
  /** 1 until it is restarted. */
  count(): number;
  /** Milliseconds since it last began to listen. */
  uptimeMs(): number;
}

/** What a decision about an upgrade request may depend on. */
export interface HandshakeContext {
  readonly profile: ProfileData;
  readonly pace: TwinTiming;
  readonly attempt: UpgradeAttempt;
  /** Every admitted user so far, oldest first. */
  readonly admissions: readonly Admission[];
  readonly starts: Starts;
  /** The wall clock, epoch milliseconds. */
  readonly epochMs: () => number;
  /** A number from 0 to 1, from a generator of this connection: the same seed gives the same numbers. */
  readonly random: () => number;
  /** How this protocol version refuses such a credential. */
  readonly refuse: (credential: FlawedCredential) => Decision;
}

/** An open socket, as other connections see it. */
export interface Peer {
  readonly number: number;
  readonly userId: string;
}

/** One request to an agent. */
export interface RunRequest {
  readonly kind: 'run';
  /** Counts the runs of its connection from 1. */
  readonly number: number;
  /** Wire type of the request. */
  readonly type: string;
  readonly prompt: string;
  /** The thread that the run belongs to: the client's own, or one that the server made for it. */
  readonly thread: string;
  /** Whether the server made the thread for this run. */
  readonly isNewThread: boolean;
  /** The server's own name of the run. */
  readonly runId: string;
  /** Whether it came before the server began to read. */
  readonly isEarly: boolean;
}

/** Anything else that a client sends. */
export type OtherRequest =
  | { readonly kind: 'message'; readonly type: string; readonly message: JsonObject }
  | { readonly kind: 'unreadable'; readonly why: UnreadableReason }
  | { readonly kind: 'oversize'; readonly bytes: number }
  | { readonly kind: 'control-ping'; readonly payload: string };

/** What the behaviour of an open connection may depend on. */
export interface ConnectionContext extends HandshakeContext {
  readonly userId: string;
  /** The server's own name of the connection. */
  readonly connectionId: string;
  /** The runs of this connection that have not ended, oldest first. */
  readonly activeRuns: () => readonly RunRequest[];
  /** Every open socket of every user, oldest first, this one included. */
  readonly peers: () => readonly Peer[];
  /** How many JSON messages the client has sent, the current one included; requests to an agent do not count. */
  readonly messagesReceived: () => number;
  /** The welcome that this protocol version sends on this connection. */
  readonly welcome: () => Compose;
}

/** Which frame is being sent: its step's label, and the run that it belongs to. */
export interface FrameDelivery {
  readonly label: string;
  readonly run?: RunRequest;
}
