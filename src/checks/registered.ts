import type { z } from 'zod';
import type { Check } from './verdict.ts';

/** A check as a test asked for it: its name, and its rules as plain values. Enough to ask for it again. */
export interface CheckCall {
  readonly check: string;
  readonly rules: readonly unknown[];
}

type Factory<Rules extends readonly unknown[]> = (...rules: Rules) => Check;

const ASKED = new WeakMap<Check, CheckCall>();
const ASKABLE = new Map<string, (rules: readonly unknown[]) => Check>();

/**
 * Makes the checks of a factory repeatable: a history that is saved tells which of them were asked for. `shape` reads the
 * rules; what it does not name is not kept, so that settings may be passed where a few of them are needed.
 */
export function registered<Rules extends readonly unknown[]>(
  name: string,
  shape: z.ZodType<NoInfer<Rules>>,
  factory: Factory<Rules>,
): Factory<Rules> {
  const asking = (...rules: Rules): Check => {
    const check = factory(...rules);
    ASKED.set(check, { check: name, rules: shape.parse(rules) });
    return check;
  };
  ASKABLE.set(name, (rules) => asking(...shape.parse(rules)));
  return asking;
}

/** How a check was asked for; undefined when it is none of the repeatable ones. */
export function callOf(check: Check): CheckCall | undefined {
  return ASKED.get(check);
}

/** The check that was asked for. Throws when no check has this name, and when the rules are not rules of this check. */
export function checkCalled({ check, rules }: CheckCall): Check {
  const again = ASKABLE.get(check);
  if (again === undefined) {
    throw new Error(`Expected the name of a check, got "${check}". The checks are ${[...ASKABLE.keys()].join(', ')}.`);
  }
  try {
    return again(rules);
  } catch (cause) {
    throw new Error(`The rules of the check ${check} cannot be read: ${JSON.stringify(rules)}.`, { cause });
  }
}
