import type { Plan, Step } from './plan.ts';

/** Edits of plans. Each returns the plan untouched when it has no step with the label. */

export function without(plan: Plan, label: string): Plan {
  return plan.some((step) => step.label === label) ? plan.filter((step) => step.label !== label) : plan;
}

/** The first step with the label, changed or replaced by several. */
export function instead(plan: Plan, label: string, change: (step: Step) => Plan): Plan {
  const at = plan.findIndex((step) => step.label === label);
  const step = plan[at];
  return step === undefined ? plan : plan.toSpliced(at, 1, ...change(step));
}

export function before(plan: Plan, label: string, ...steps: Plan): Plan {
  return instead(plan, label, (step) => [...steps, step]);
}

export function after(plan: Plan, label: string, ...steps: Plan): Plan {
  return instead(plan, label, (step) => [step, ...steps]);
}

/** Ends the plan after the step with the label, with other steps. */
export function endAfter(plan: Plan, label: string, ...steps: Plan): Plan {
  const at = plan.findIndex((step) => step.label === label);
  return at === -1 ? plan : [...plan.slice(0, at + 1), ...steps];
}

/** Exchanges two steps; the delays stay where they were. */
export function swapped(plan: Plan, first: string, second: string): Plan {
  const [one, other] = [plan.find(({ label }) => label === first), plan.find(({ label }) => label === second)];
  if (one === undefined || other === undefined) return plan;
  return plan.map((step) => {
    if (step === one) return { ...other, afterMs: step.afterMs };
    return step === other ? { ...one, afterMs: step.afterMs } : step;
  });
}

/** The same step, later. */
export function delayed(step: Step, byMs: number): Step {
  return { ...step, afterMs: step.afterMs + byMs };
}
