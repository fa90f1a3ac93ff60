import type { JsonObject } from '../../protocol/fields.ts';
import type { Decision } from '../handshake/attempt.ts';
import type { ConnectionContext, Delivery, HandshakeContext, OtherRequest, Peer, RunRequest } from './context.ts';
import type { ActiveFault } from '../catalogue/fault.ts';
import { createFold } from './fault-fold.ts';
import type { Changed, Fold, Hook, Subject } from './fault-fold.ts';
import type { HttpAnswer, HttpRequest } from '../http/http-exchange.ts';
import { markedPlan } from './marked-plan.ts';
import type { Mark, Plan } from './plan.ts';

/** Reports that a fault really changed something. */
export type Fire = (mark: Mark, clientPort: number | undefined) => void;

/** The active faults, applied to what a healthy server would do. Plans that they change carry marks. */
export type FaultEngine = PlanFaults & ValueFaults;

interface PlanFaults {
  opening(plan: Plan, context: ConnectionContext): Plan;
  life(plan: Plan, context: ConnectionContext): Plan;
  keepAlive(plan: Plan, context: ConnectionContext): Plan;
  reply(plan: Plan, request: OtherRequest, context: ConnectionContext): Plan;
  run(plan: Plan, request: RunRequest, context: ConnectionContext): Plan;
  onClose(plan: Plan, context: ConnectionContext): Plan;
}

interface ValueFaults {
  handshake(decision: Decision, context: HandshakeContext): Decision;
  frame(message: JsonObject, delivery: Delivery, context: ConnectionContext): JsonObject;
  audience(recipients: readonly Peer[], delivery: Delivery, context: ConnectionContext): readonly Peer[];
  http(answer: HttpAnswer, request: HttpRequest): HttpAnswer;
}

/** An engine for the active faults; each real change is reported through `fire`. */
export function createFaultEngine(active: readonly ActiveFault[], seed: number, fire: Fire): FaultEngine {
  const fold = createFold(active, seed);
  return { ...planFaults(fold), ...valueFaults(fold, fire) };
}

function planFaults(fold: Fold): PlanFaults {
  const folded = (healthy: Plan, context: ConnectionContext, hook: Hook<Plan>): Plan =>
    fold(connection(context), healthy, hook, markedPlan);
  return {
    opening: (plan, context) => folded(plan, context, (fault, value) => fault.opening?.(value, context)),
    life: (plan, context) => folded(plan, context, (fault, value) => fault.life?.(value, context)),
    keepAlive: (plan, context) => folded(plan, context, (fault, value) => fault.keepAlive?.(value, context)),
    reply: (plan, request, context) => folded(plan, context, (fault, value) => fault.reply?.(value, request, context)),
    run: (plan, request, context) => folded(plan, context, (fault, value) => fault.run?.(value, request, context)),
    onClose: (plan, context) => folded(plan, context, (fault, value) => fault.onClose?.(value, context)),
  };
}

function valueFaults(fold: Fold, fire: Fire): ValueFaults {
  const folded = <Value>(healthy: Value, context: HandshakeContext, hit: string, hook: Hook<Value>): Value =>
    fold(connection(context), healthy, hook, reporting(fire, hit, context.attempt.clientPort));
  return {
    handshake: (decision, context) =>
      folded(decision, context, 'handshake', (fault, value) => fault.handshake?.(value, context)),
    frame: (message, delivery, context) =>
      folded(message, context, delivery.label, (fault, value) => fault.frame?.(value, delivery, context)),
    audience: (recipients, delivery, context) =>
      folded(recipients, context, delivery.label, (fault, value) => fault.audience?.(value, delivery, context)),
    http: (answer, request) =>
      fold(
        { kind: 'http', number: request.number },
        answer,
        (fault, value) => fault.http?.(value, request),
        reporting(fire, `${request.method} ${request.path}`, request.clientPort),
      ),
  };
}

function connection({ attempt }: HandshakeContext): Subject {
  const { number, credential } = attempt;
  return { kind: 'connection', number, user: credential.valid ? credential.userId : credential.claimedUserId };
}

function reporting<Value>(fire: Fire, hit: string, clientPort: number | undefined): Changed<Value> {
  return (_before, after, name) => {
    fire({ name, hit }, clientPort);
    return after;
  };
}
