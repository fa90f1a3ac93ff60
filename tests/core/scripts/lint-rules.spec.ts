import { execFileSync } from 'node:child_process';
import { expect, test } from '@playwright/test';

/** The rules that report something in a file of planted mistakes. */
function rulesBrokenBy(folder: string): readonly string[] {
  const output = (() => {
    try {
      return execFileSync('npx', ['oxlint', '--type-aware', '-f', 'unix', folder], { encoding: 'utf8' });
    } catch (error) {
      return error instanceof Error && 'stdout' in error ? String(error.stdout) : '';
    }
  })();
  return [...new Set([...output.matchAll(/\(([\w-]+)\)\]$/gm)].map(([, rule]) => rule ?? ''))].toSorted();
}

test('lint: every rule that we rely on finds its planted mistake', () => {
  expect(rulesBrokenBy('tests/core/lint')).toEqual(
    expect.arrayContaining([
      'consistent-type-specifier-style',
      'missing-playwright-await',
      'no-cycle',
      'no-explicit-any',
      'no-floating-promises',
      'no-focused-test',
      'no-non-null-assertion',
      'no-restricted-globals',
      'no-restricted-imports',
      'expect-expect',
      'valid-expect',
    ]),
  );
});
