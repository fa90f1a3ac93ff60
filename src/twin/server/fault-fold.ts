import type { ActiveFault, Fault } from '../catalogue/fault.ts';
import { happens } from './seeded-random.ts';

/** Applies one hook of a fault; `undefined` when the fault does not have it. */
export type Hook<Value> = (fault: Fault, value: Value) => Value | undefined;

/** Called when a fault returned something else than it was given; what it returns is used. */
export type Changed<Value> = (before: Value, after: Value, name: string) => Value;

/** Applies a hook of every fault that hits, one after the other. */
export type Fold = <Value>(subject: Subject, healthy: Value, hook: Hook<Value>, changed: Changed<Value>) => Value;

/** What may be hit: the n-th connection or the n-th HTTP request. */
export interface Subject {
  readonly kind: 'connection' | 'http';
  readonly number: number;
  /** Whose it is, where that is known. */
  readonly user?: string;
}

/** Whether a fault hits a subject is decided by the seed, the fault's name and the subject alone. */
export function createFold(active: readonly ActiveFault[], seed: number): Fold {
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
