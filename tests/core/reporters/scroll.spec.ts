import { expect, test } from '@playwright/test';
import type { TestResult } from '@playwright/test/reporter';
import { Scroll } from '../../../src/reporters/scroll.ts';
import { paintFor } from '../../../src/reporters/terminal-text.ts';
import type { TestVerdicts } from '../../../src/reporters/test-verdicts.ts';
import { redTest } from './recorded-tests.ts';

const plain = paintFor({}, {});

const TEXT = `Violated: welcome [welcome-missing] in phase welcome, blame product: no welcome\n${'  Because   it\n'.repeat(20)}`;

/** What a scroll prints of these red tests. */
function printed(tests: readonly TestVerdicts[], isVerbose = false): readonly string[] {
  const scroll = new Scroll(plain, isVerbose);
  const lines = tests.flatMap((ended) => scroll.linesOf(ended, resultOf()));
  return [...lines, ...scroll.rest()].flatMap((line) => line.split('\n'));
}

/* Playwright's type is an interface with many members, of which a scroll reads this one. */
function resultOf(): TestResult {
  return Object.assign(Object.create(null), { errors: [{ message: TEXT }] });
}

test('scroll: the first test of a cause has its text, cut; later ones name it; from the ninth on they are counted', () => {
  const red = Array.from({ length: 12 }, (_, number) => redTest(`test ${number + 1}`, 'welcome-missing'));
  const lines = printed(red);
  expect(lines.slice(0, 4)).toEqual([
    '✗   212 ms  twin › test 1  welcome [welcome-missing] blame product',
    '    The test ended with an error',
    '    See tests/contract/welcome.spec.ts:8',
    '    Violated: welcome [welcome-missing] in phase welcome, blame product: no welcome',
  ]);
  expect(lines).toContain('    … 12 more lines in the report');
  expect(lines).toContain('✗   212 ms  twin › test 2  same cause as "test 1", tests/contract/welcome.spec.ts:8');
  expect(lines.at(-1)).toBe('  … 3 more tests with the same cause as "test 1"; VERBOSE=1 prints all');
  expect(lines.filter((line) => line.startsWith('✗'))).toHaveLength(9);
});

test('scroll: VERBOSE prints every text of every red test', () => {
  const lines = printed([redTest('a', 'welcome-missing'), redTest('b', 'welcome-missing')], true);
  expect(lines.filter((line) => line.includes('Because'))).toHaveLength(40);
});
