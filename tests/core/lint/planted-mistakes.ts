import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from '@playwright/test';
import { type Planted } from './planted-circle.ts';

export interface Circle {
  readonly planted: Planted;
}

async function answer(): Promise<number> {
  await sleep(1);
  return 1;
}

test.only('a focused test without an assertion', () => {
  answer();
  const anything: any = [];
  setTimeout(() => anything[0]!, 1);
});

test('assertions that assert nothing', async () => {
  expect(1);
  expect.poll(answer).toBe(1);
});
