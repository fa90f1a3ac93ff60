import { expect, test } from '@playwright/test';
import { NO_DIFFERENCES, compare, foundBy } from '../../../src/proof/compare.ts';
import { welcome } from '../../../src/checks/welcome.ts';
import { BUDGETS } from '../histories/budgets.ts';
import { fakeHistory } from '../histories/fake-history.ts';

const PONG_MISSING = { check: 'heartbeat', code: 'pong-missing', blame: 'product' };
const PONG_LATE = { check: 'heartbeat', code: 'pong-late', blame: 'product' };

test('compare: what was expected, or allowed, and found is no difference', () => {
  const found = [PONG_MISSING, PONG_LATE];
  expect(compare(found, { mustFind: [PONG_MISSING], mayAlsoFind: [PONG_LATE] })).toEqual(NO_DIFFERENCES);
});

test('compare: an expected finding that was not found is missing', () => {
  expect(compare([], { mustFind: [PONG_MISSING] })).toEqual({
    ...NO_DIFFERENCES,
    missing: ['heartbeat: pong-missing (product)'],
  });
});

test('compare: an expected finding that blames another is wrong blame, and the found one is unexpected', () => {
  expect(compare([{ ...PONG_MISSING, blame: 'harness' }], { mustFind: [PONG_MISSING] })).toEqual({
    missing: [],
    wrongBlame: ['heartbeat: pong-missing (product)'],
    unexpected: ['heartbeat: pong-missing (harness)'],
  });
});

test('compare: a finding that is neither required nor allowed is unexpected, once', () => {
  expect(compare([PONG_LATE, PONG_LATE], { mustFind: [] })).toEqual({
    ...NO_DIFFERENCES,
    unexpected: ['heartbeat: pong-late (product)'],
  });
});

test('compare: findings that only repeat that a connection failed are left out', () => {
  const { history, socket } = fakeHistory();
  socket('c1').asks().refused(404);
  const found = foundBy([welcome(BUDGETS)(history)]);
  expect(found).toMatchObject([{ check: 'welcome', code: 'not-connected' }]);
  expect(compare(found, { mustFind: [] })).toEqual(NO_DIFFERENCES);
});
