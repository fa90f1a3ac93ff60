import { expect, test } from '@playwright/test';
import { stopSwitch } from '../../../../src/load/execute/ramp.ts';

test('the stop switch counts failures in a row: one success starts the count anew', () => {
  const own = stopSwitch(1, 100);
  for (let times = 0; times < 4; times += 1) own.count('badly');
  own.count('well');
  for (let times = 0; times < 4; times += 1) own.count('badly');
  expect(own.stopped).toBeUndefined();
  own.count('badly');
  expect(own.stopped).toContain('5 connections failed in a row');
});
