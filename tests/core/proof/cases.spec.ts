import { expect, test } from '@playwright/test';
import { CASES, casesNamed } from '../../../src/proof/cases.ts';

test('cases: no list, and an empty one, name all cases', () => {
  expect(casesNamed(undefined)).toBe(CASES);
  expect(casesNamed('')).toBe(CASES);
});

test('cases: a comma-separated list names its cases, in the order of the matrix', () => {
  expect(casesNamed(' upgrade-404, beta-9').map(({ name }) => name)).toEqual(['beta-9', 'upgrade-404']);
});

test('cases: a name that is no case is answered with the five names most like it, and how to list all', () => {
  expect(() => casesNamed('upgrade-404,upgrade-50')).toThrow(
    /^no case is named "upgrade-50"\. Closest: upgrade-500(, [^,\s]+){4}\.\nAll names: npm run prove -- --list$/,
  );
});
