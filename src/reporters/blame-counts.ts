import type { Blame } from '../checks/blame.ts';
import type { TestVerdicts } from './test-verdicts.ts';
import { firstFinding } from './test-verdicts.ts';

/** Whether a test counts against the run. */
export function isRed({ outcome }: Pick<TestVerdicts, 'outcome'>): boolean {
  return outcome === 'violated' || outcome === 'not verified' || outcome === 'failed';
}

/** How many red tests each party is blamed for, by the first finding; a failure without a verdict is the harness's. */
export function blameCounts(tests: readonly TestVerdicts[]): Readonly<Record<Blame, number>> {
  const blamed = tests.filter(isRed).map(({ verdicts }) => firstFinding(verdicts)?.finding.blame ?? 'harness');
  const of = (blame: Blame): number => blamed.filter((other) => other === blame).length;
  return { product: of('product'), auth: of('auth'), environment: of('environment'), harness: of('harness') };
}
