import { expect, test } from '@playwright/test';
import { bounded } from '../../../src/report/attachments.ts';

const LONG = 'x'.repeat(20_000_000);
const attachment = { name: 'any', file: 'any' } as const;

test('attachments: a text that is too long is cut and says so, and JSON that is too long gives way to a sentence', () => {
  const text = bounded({ ...attachment, contentType: 'text/plain', body: LONG }).body;
  expect(text.length).toBeLessThan(17_000_000);
  expect(text.slice(-100)).toContain('… cut: 20000000 characters are more than an attachment holds');
  const json = bounded({ ...attachment, contentType: 'application/json', body: LONG }).body;
  expect(JSON.parse(json)).toEqual({ leftOut: '20000000 characters are more than an attachment holds (16777216)' });
  const short = { ...attachment, contentType: 'text/plain', body: 'short' };
  expect(bounded(short)).toBe(short);
});
