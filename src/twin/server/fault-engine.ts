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
import type { ActiveFault, Fault } from '../catalogue/fault.ts';
import { happens } from '../behaviour/seeded-random.ts';
import type { Fire } from './journal.ts';
import type { HttpAnswer, HttpRequest } from '../http/http-exchange.ts';
import type { Plan, Step } from '../behaviour/plan.ts';

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
  frame(message: JsonObject, delivery: FrameDelivery, context: ConnectionContext): JsonObject;
  audience(recipients: readonly Peer[], delivery: FrameDelivery, context: ConnectionContext): readonly Peer[];
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

/** Applies one hook of a fault; `undefined` when the fault does not have it. */
type Hook<Value> = (fault: Fault, value: Value) => Value | undefined;

/** Called when a fault returned something else than it was given; what it returns is used. */
type Changed<Value> = (before: Value, after: Value, name: string) => Value;

/** Applies a hook of every fault that hits, one after the other. */
type Fold = <Value>(subject: Subject, healthy: Value, hook: Hook<Value>, changed: Changed<Value>) => Value;

/** What may be hit: the n-th connection or the n-th HTTP request. */
interface Subject {
  readonly kind: 'connection' | 'http';
  readonly number: number;
  /** Whose it is, where that is known. */
  readonly user?: string;
}

/** Whether a fault hits a subject is decided by the seed, the fault's name and the subject alone. */
function createFold(active: readonly ActiveFault[], seed: number): Fold {
  return (subject, healthy, hook, changed) => {
    let value = healthy;
    for (const { fault, rate, per } of active) {
      const { kind, number, user } = subject;
      const hit = per === 'user' && user !== undefined ? ['user', user] : [kind, number];
      if (!happens(rate, seed, fault.name, ...hit)) continue;
      const next = hook(fault, value);
      if (next !== undefined && next !== value) value = changed(value, next, fault.name);
    }
    return value;
  };
}

/**
 * The changed plan, with a mark where it first departs from the healthy one, so that the fault is reported when that
 * point is reached and not before. A plan that did not change is returned as it is.
 */
export function markedPlan(healthy: Plan, changed: Plan, name: string): Plan {
  const at = firstDifference(healthy, changed);
  if (at === undefined) return changed;
  const before = healthy[at];
  const after = changed[at];
  const mark = { name, hit: labelHit(before, after, changed) };
  if (after === undefined || isLater(before, after)) {
    const marker: Step = { label: name, afterMs: 0, act: { kind: 'nothing' }, marks: [mark] };
    return changed.toSpliced(at, 0, marker);
  }
  return changed.with(at, { ...after, marks: [...(after.marks ?? []), mark] });
}

function firstDifference(healthy: Plan, changed: Plan): number | undefined {
  const length = Math.max(healthy.length, changed.length);
  for (let at = 0; at < length; at++) if (healthy[at] !== changed[at]) return at;
  return undefined;
}

/** What was replaced, left out or moved; or, where nothing of that happened, what was put in. */
function labelHit(before: Step | undefined, after: Step | undefined, changed: Plan): string {
  return (before !== undefined && !changed.includes(before) ? before : (after ?? before))?.label ?? '';
}

/** A delay takes effect when it begins, everything else when it is done. */
function isLater(before: Step | undefined, after: Step): boolean {
  return before !== undefined && before.label === after.label && after.afterMs > before.afterMs;
}
