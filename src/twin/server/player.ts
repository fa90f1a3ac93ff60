import type { Plan, Step } from '../behaviour/plan.ts';

/** Plays plans in time, any number side by side. */
export interface Player {
  /** Performs the steps one after the other, each after its delay, then calls `done`. */
  play(plan: Plan, perform: (step: Step) => void, done?: () => void): void;
  /** Drops every step that was not performed yet. */
  stop(): void;
}

/** A player. Its timers keep the process running unless that is turned off. */
export function createPlayer({ keepsProcessAlive = true }: { readonly keepsProcessAlive?: boolean } = {}): Player {
  const timers = new Set<NodeJS.Timeout>();
  let generation = 0;

  const playFrom = (plan: Plan, start: number, perform: (step: Step) => void, done: () => void): void => {
    const mine = generation;
    for (const [offset, step] of plan.slice(start).entries()) {
      if (step.afterMs > 0) return later(step, () => playFrom(plan, start + offset + 1, perform, done), perform);
      perform(step);
      if (generation !== mine) return;
    }
    done();
  };

  const later = (step: Step, next: () => void, perform: (step: Step) => void): void => {
    const mine = generation;
    const timer = setTimeout(() => {
      timers.delete(timer);
      perform(step);
      if (generation === mine) next();
    }, step.afterMs);
    if (!keepsProcessAlive) timer.unref();
    timers.add(timer);
  };

  return {
    play: (plan, perform, done = () => {}) => playFrom(plan, 0, perform, done),
    stop() {
      generation++;
      for (const timer of timers) clearTimeout(timer);
      timers.clear();
    },
  };
}
