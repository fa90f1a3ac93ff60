import type { JsonObject } from '../../protocol/fields.ts';
import type { Decision } from '../behaviour/attempt.ts';
import type {
  ConnectionContext,
  FrameDelivery,
  HandshakeContext,
  OtherRequest,
  Peer,
  RunRequest,
} from '../behaviour/context.ts';
import type { HttpAnswer, HttpRequest } from '../http/http-exchange.ts';
import type { Plan } from '../behaviour/plan.ts';

/** What a fault makes the checks say. */
export interface ExpectedFinding {
  readonly check: string;
  readonly code: string;
  readonly blame: string;
}

/**
 * A misbehaviour of the twin. Each hook is a pure function from what a healthy server would do to what this one does;
 * it returns its argument untouched where the fault does not apply. Only a real change counts as a firing.
 */
export interface Fault {
  readonly name: string;
  /** One sentence. */
  readonly does: string;
  /** The frame, connection or stage that it hits. */
  readonly hits: string;
  /** Empty for a variant that is legitimate and must provoke nothing. */
  readonly mustFind: readonly ExpectedFinding[];
  /** Findings that may follow from it, depending on what else the test does; they are neither required nor held against it. */
  readonly mayAlsoFind?: readonly ExpectedFinding[];
  /** The version of the protocol, or its variant, that has what the fault breaks. Default: the default version. */
  readonly profile?: string;
  /** How tokens must be obtained for the fault to matter. Default: as the settings say. */
  readonly tokens?: 'exchanged';
  /** Failure signature, such as `FM-53`. */
  readonly diagnosis?: string;
  readonly handshake?: (decision: Decision, context: HandshakeContext) => Decision;
  readonly opening?: (plan: Plan, context: ConnectionContext) => Plan;
  /** What happens in the life of a connection by itself, counted from the end of its opening. */
  readonly life?: (plan: Plan, context: ConnectionContext) => Plan;
  readonly keepAlive?: (plan: Plan, context: ConnectionContext) => Plan;
  readonly reply?: (plan: Plan, request: OtherRequest, context: ConnectionContext) => Plan;
  readonly run?: (plan: Plan, request: RunRequest, context: ConnectionContext) => Plan;
  /** What the server does when the client closes. */
  readonly onClose?: (plan: Plan, context: ConnectionContext) => Plan;
  /** Called for every JSON message at the moment it is sent. */
  readonly frame?: (message: JsonObject, delivery: FrameDelivery, context: ConnectionContext) => JsonObject;
  /** Who gets a message that is meant for every socket of the user. */
  readonly audience?: (
    recipients: readonly Peer[],
    delivery: FrameDelivery,
    context: ConnectionContext,
  ) => readonly Peer[];
  readonly http?: (answer: HttpAnswer, request: HttpRequest) => HttpAnswer;
}

/**
 * A fault that was switched on; `rate` is the share of connections (or HTTP requests) that it may hit, or with `per: 'user'`
 * the share of users, all of whose connections it hits, in whatever order they come.
 */
export interface ActiveFault {
  readonly fault: Fault;
  readonly rate: number;
  readonly per?: 'user';
}
