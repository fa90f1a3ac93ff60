import { expect, test } from '@playwright/test';
import { readBody } from '../../../src/client/read-body.ts';

const KILOBYTE = new Uint8Array(1000).fill(0x78);

async function* endless(): AsyncGenerator<Uint8Array> {
  for (;;) yield await Promise.resolve(KILOBYTE);
}

async function* stalled(): AsyncGenerator<Uint8Array> {
  yield KILOBYTE;
  await new Promise(() => undefined);
}

async function* broken(): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(KILOBYTE);
  throw new Error('terminated');
}

test('body: one without end is read to the limit, and says that it was cut', async () => {
  const { text, error } = await readBody(endless(), { deadlineMs: 60_000, mostBytes: 5000 });
  expect([text.length, text.slice(4990), error]).toEqual([
    5043,
    `${'x'.repeat(10)}\n… cut: only the first 5000 bytes were read`,
    undefined,
  ]);
});

test('body: what came of one that stalls or breaks off is kept, with the reason', async () => {
  expect(await readBody(stalled(), { deadlineMs: 1 })).toEqual({
    text: 'x'.repeat(1000),
    error: 'the body did not end within 1 ms; 1000 bytes of it came',
  });
  expect((await readBody(broken(), { deadlineMs: 60_000 })).error).toBe(
    'the body broke off after 1000 bytes: terminated',
  );
});

test('body: none at all is the empty text', async () => {
  expect(await readBody(null, { deadlineMs: 1 })).toEqual({ text: '' });
});
