import type { JsonObject } from '../../protocol/fields.ts';
import type { UnreadableReason } from '../../protocol/message.ts';
import type { Admission, Attempt } from '../handshake/attempt.ts';
import type { TwinTiming } from './timing.ts';
import type { Profile } from '../catalogue/profile.ts';
import type { Starts } from './starts.ts';

/** What a decision about an upgrade request may depend on. */
export interface HandshakeContext {
  readonly profile: Profile;
  readonly pace: TwinTiming;
  readonly attempt: Attempt;
  /** Everybody who was let in so far, oldest first. */
  readonly admissions: readonly Admission[];
  /** How often the server was started, and how long it has been up. */
  readonly starts: Pick<Starts, 'count' | 'uptimeMs'>;
  /** The wall clock, epoch milliseconds. */
  readonly epochMs: () => number;
  /** A number from 0 to 1, from a generator of this connection: the same seed gives the same numbers. */
  readonly random: () => number;
}

/** An open socket, as others know it. */
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
}

/** Which frame is being sent: its step's label, and the run that it belongs to. */
export interface Delivery {
  readonly label: string;
  readonly run?: RunRequest;
}
