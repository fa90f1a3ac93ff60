import { expect, test } from '@playwright/test';
import { closestFirst, likelyMeant } from '../../../env/closest.ts';

test('settings closest: at most two wrong letters are tolerated, and at most one in three', () => {
  expect(likelyMeant('CONECTIOS', ['CONNECTIONS'])).toBe('CONNECTIONS');
  expect(likelyMeant('CONECTIO', ['CONNECTIONS'])).toBeUndefined();
  expect(likelyMeant('OTHER', ['ORDER'])).toBeUndefined();
});

test('settings closest: names equally alike keep their order, and no name is dropped', () => {
  expect(closestFirst('beta-1', ['zeta-9', 'beta-9', 'beta-8'])).toEqual(['beta-9', 'beta-8', 'zeta-9']);
});
