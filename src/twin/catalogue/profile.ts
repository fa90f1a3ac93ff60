import type { FlawedCredential, Credential, Decision } from '../behaviour/attempt.ts';
import type { TokenPlace } from '../handshake/carriers.ts';
import type {
  ConnectionContext,
  HandshakeContext,
  OtherRequest,
  ProfileData,
  RunRequest,
} from '../behaviour/context.ts';
import type { ExpectedFinding } from './fault.ts';
import type { HttpRoute } from '../http/http-exchange.ts';
import type { TwinTiming } from '../behaviour/timing.ts';
import type { Compose, Plan } from '../behaviour/plan.ts';

/** One version of the protocol: data and pure functions, so that a variant is a spread with one line changed. */
export interface Profile extends ProfileData {
  readonly name: string;
  /** One sentence for people. */
  readonly does: string;
  /** Paths of the WebSocket route; every other path is answered with `unknownPathStatus`. */
  readonly paths: readonly string[];
  readonly unknownPathStatus: number;
  /** Where a token is looked for, the first place first. */
  readonly carriers: readonly TokenPlace[];
  /** The user whom a credential admits; `undefined` when it admits nobody. */
  readonly admit: (credential: Credential) => string | undefined;
  readonly refuse: (credential: FlawedCredential, context: HandshakeContext) => Decision;
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
  /** How much slower or faster than usual it is. */
  readonly pace?: (usual: TwinTiming) => Partial<TwinTiming>;
  /** Accepts permessage-deflate (RFC 7692). Default: no. */
  readonly compression?: boolean;
  /** Frames of one moment leave in one TCP segment. Default: each in its own. */
  readonly oneSegment?: boolean;
  /** Settings that a project needs to accept it, such as `ORDER`: `grammar`. */
  readonly variables?: Readonly<Record<string, string>>;
  /** What is wrong with it as a whole, where a version never worked: the findings that every run against it has. */
  readonly breaks?: readonly ExpectedFinding[];
  /** What cannot be verified with it, though nothing is wrong. */
  readonly leavesOpen?: readonly ExpectedFinding[];
}
