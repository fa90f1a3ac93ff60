import type { TestCase, TestStep } from '@playwright/test/reporter';

/** A test that runs for so long that somebody may wonder. */
export interface LongTest {
  readonly project: string;
  readonly title: string;
  readonly forMs: number;
  /** What it is at: the innermost step that is open, or nothing that is known. */
  readonly at: string;
}

/** Follows which tests run and which of their steps are open. Clock: milliseconds. */
export class Waits {
  readonly #running = new Map<TestCase, { readonly sinceMs: number; readonly open: TestStep[] }>();
  readonly #clock: () => number;

  constructor(clock: () => number) {
    this.#clock = clock;
  }

  begin(test: TestCase): void {
    this.#running.set(test, { sinceMs: this.#clock(), open: [] });
  }

  end(test: TestCase): void {
    this.#running.delete(test);
  }

  open(test: TestCase, step: TestStep): void {
    this.#running.get(test)?.open.push(step);
  }

  close(test: TestCase, step: TestStep): void {
    const open = this.#running.get(test)?.open ?? [];
    const position = open.indexOf(step);
    if (position !== -1) open.splice(position, 1);
  }

  /** The tests that have been running for at least `leastMs`. */
  longerThan(leastMs: number): readonly LongTest[] {
    const now = this.#clock();
    return [...this.#running]
      .filter(([, { sinceMs }]) => now - sinceMs >= leastMs)
      .map(([test, { sinceMs, open }]) => {
        const told = open.findLast(({ category }) => category === 'test.step') ?? open.at(-1);
        const project = test.parent.project()?.name ?? '';
        return { project, title: test.title, forMs: now - sinceMs, at: told?.title ?? '' };
      });
  }
}
