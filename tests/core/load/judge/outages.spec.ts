import { expect, test } from '@playwright/test';
import type { ServiceSample } from '../../../../src/load/judge/outages.ts';
import { outagesOf } from '../../../../src/load/judge/outages.ts';

function samplesFrom(pattern: string): readonly ServiceSample[] {
  return pattern.split('').map((letter, n) => ({
    atMs: n * 100,
    connection: `c${n}`,
    health: 'up',
    readiness: 'up',
    works: letter === '+',
    ran: false,
    entries: [n],
  }));
}

test('outages that last long enough are found, with their ends', () => {
  expect(outagesOf(samplesFrom('++--+-+'), 2)).toMatchObject([{ fromMs: 200, toMs: 400, ended: true }]);
  expect(outagesOf(samplesFrom('++--+-+'), 3)).toEqual([]);
  expect(outagesOf(samplesFrom('+---'), 3)).toMatchObject([{ fromMs: 100, toMs: 300, ended: false }]);
});
