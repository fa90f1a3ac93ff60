import { expect, test } from '@playwright/test';
import { timestampMs } from '../../../src/protocol/timestamps.ts';

const SAME_MOMENT = [
  '2026-11-25T14:09:40.500Z',
  '2026-11-25T14:09:40.5',
  '2026-11-25T14:09:40.500123456+00:00',
  '2026-11-25 14:09:40.5',
  '2026-11-25t14:09:40.5z',
  '2026-11-25T14:09:40.5+00',
  '2026-11-25T15:09:40,5+01',
  '2026-11-25T13:09:40,5\u221201:00',
  '2026-11-25 14:09:40.5 +0000',
  '2026-11-25T19:39:55.5+05:30:15',
  '20261125T140940.5Z',
  '20261125T150940,5+0100',
  '2026-W48-3T14:09:40.5Z',
  '2026W483T140940,5',
  '2026-329T14:09:40.5',
  '2026329T140940.5Z',
];

for (const text of SAME_MOMENT) {
  test(`timestamps: ${text} is read`, () => {
    expect(timestampMs(text)).toBe(Date.UTC(2026, 10, 25, 14, 9, 40, 500));
  });
}

const MOMENTS: Readonly<Record<string, number>> = {
  '2026-11-25T14:09Z': Date.UTC(2026, 10, 25, 14, 9),
  '2026-11-25T14.5Z': Date.UTC(2026, 10, 25, 14, 30),
  '2026-11-25T24:00:00Z': Date.UTC(2026, 10, 26),
  '2016-12-31T23:59:60Z': Date.UTC(2017, 0, 1),
  '2026-11-25': Date.UTC(2026, 10, 25),
  '2020-W53-7T00Z': Date.UTC(2021, 0, 3),
  '2024-02-29T00:00:00Z': Date.UTC(2024, 1, 29),
};

for (const [text, ms] of Object.entries(MOMENTS)) {
  test(`timestamps: ${text} is the moment that ISO 8601 gives it`, () => {
    expect(timestampMs(text)).toBe(ms);
  });
}

const NO_TIMES: readonly unknown[] = [
  '',
  'soon',
  'step 3',
  '2026-02-30T10:00:00Z',
  '2026-13-01T00:00:00Z',
  '2026-366T00:00:00Z',
  '2021-W53-1T00:00:00Z',
  '2026-W48-8T00:00:00Z',
  '2026-11-25T25:00:00Z',
  '2026-11-25T24:00:01Z',
  '2026-11-25T14:60:00Z',
  '2026-11-25T14:09:61Z',
  '2026-11-25T14:09:40+24:00',
  'T14:09:40Z',
  null,
  Number.NaN,
];

for (const value of NO_TIMES) {
  test(`timestamps: ${typeof value === 'string' ? JSON.stringify(value) : String(value)} is no time`, () => {
    expect(timestampMs(value)).toBeUndefined();
  });
}
