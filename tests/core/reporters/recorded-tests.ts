import { judgement } from '../../../src/checks/judgement.ts';
import type { DoubtCode, ViolationCode } from '../../../src/checks/findings.ts';
import type { Verdict } from '../../../src/checks/verdict.ts';
import type { TestVerdicts } from '../../../src/reporters/test-verdicts.ts';

/** A test that ended, as the store of verdicts holds it; what is not given is that of a test that passed and judged. */
export function endedTest(more: Partial<TestVerdicts> = {}): TestVerdicts {
  return {
    project: 'twin',
    title: 'greets',
    file: 'tests/contract/welcome.spec.ts',
    line: 8,
    requirements: ['welcome:first'],
    status: 'passed',
    outcome: 'passed',
    durationMs: 212,
    verdicts: [holding()],
    errors: [],
    ...more,
  };
}

/** A test that violated its promise, or whose promise could not be verified. */
export function redTest(title: string, code: ViolationCode): TestVerdicts {
  return endedTest({ title, status: 'failed', outcome: 'violated', verdicts: [violated(code)] });
}

export function holding(): Verdict {
  const judging = judgement('welcome', 'one welcome');
  judging.cite({ index: 1 });
  return judging.verdict('it came');
}

export function violated(code: ViolationCode): Verdict {
  const judging = judgement('welcome', 'one welcome');
  judging.violated({ code, expected: 'one welcome', found: 'none', because: 'none came', entries: [1] });
  return judging.verdict('');
}

export function doubted(code: DoubtCode): Verdict {
  const judging = judgement('welcome', 'one welcome');
  judging.doubted({ code, because: 'not known', entries: [] });
  return judging.verdict('');
}
