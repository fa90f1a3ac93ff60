import type { BadCredential, Credential, Decision } from '../handshake/attempt.ts';
import type { Carrier } from '../handshake/carriers.ts';
import type { ConnectionContext, HandshakeContext, OtherRequest, RunRequest } from '../server/context.ts';
import type { ExpectedFinding } from './fault.ts';
import type { HttpRoute } from '../http/http-exchange.ts';
import type { TwinTiming } from '../server/timing.ts';
import type { Compose, Plan } from '../server/plan.ts';

/** One version of the protocol: data and pure functions, so that a variant is a spread with one line changed. */
export interface Profile {
  readonly name: string;
  /** One sentence for people. */
  readonly does: string;
  /** Paths of the WebSocket route; every other path is answered with `unknownPathStatus`. */
  readonly paths: readonly string[];
  readonly unknownPathStatus: number;
  /** Where a token is looked for, the first place first. */
  readonly carriers: readonly Carrier[];
  /** Larger messages are an `oversize` request. Bytes. */
  readonly maxMessageBytes: number;
  /** The selected subprotocol; empty for none. */
  readonly selectSubprotocol: (offered: readonly string[]) => string;
  /** The user whom a credential lets in; `undefined` when it does not. */
  readonly admit: (credential: Credential) => string | undefined;
  readonly refuse: (credential: BadCredential, context: HandshakeContext) => Decision;
  readonly welcome: (context: ConnectionContext) => Compose;
  /** From the accepted upgrade to the moment at which the server reads its first message. */
  readonly opening: (context: ConnectionContext) => Plan;
  /** Played every heartbeat interval. */
  readonly keepAlive: (context: ConnectionContext) => Plan;
  readonly reply: (request: OtherRequest, context: ConnectionContext) => Plan;
  readonly run: (request: RunRequest, context: ConnectionContext) => Plan;
  readonly routes: Readonly<Record<string, HttpRoute>>;
  /** Whether a user may have this id; the connections of others end with 1011 and no frame. Default: any. */
  readonly acceptsUserId?: (userId: string) => boolean;
  /** Makes a thread for each run whose thread the user was not told of. Default: the client's thread is honoured. */
  readonly ownThreads?: boolean;
  /** Reads the next message of a connection when a run is over. Default: at once. */
  readonly awaitsRuns?: boolean;
  /** So many failed messages in a row end the connection without a close frame. Default: any number is survived. */
  readonly failuresInARow?: number;
  /** How much slower or faster than usual it is. */
  readonly pace?: (usual: TwinTiming) => Partial<TwinTiming>;
  /** Accepts permessage-deflate (RFC 7692). Default: no. */
  readonly compression?: boolean;
  /** Frames of one moment leave in one TCP segment. Default: each in its own. */
  readonly oneSegment?: boolean;
  /** Settings that a project needs in order to be content with it, such as `ORDER`: `grammar`. */
  readonly variables?: Readonly<Record<string, string>>;
  /** What is wrong with it as a whole, where a version never worked: the findings that every run against it has. */
  readonly breaks?: readonly ExpectedFinding[];
  /** What cannot be verified with it, though nothing is wrong. */
  readonly leavesOpen?: readonly ExpectedFinding[];
}
