import { expect, test } from '@playwright/test';
import { refuses } from '../../../src/checks/refuses.ts';
import type { FakeHistory } from '../histories/fake-history.ts';
import { fakeHistory } from '../histories/fake-history.ts';

const WAITS: Readonly<Record<string, readonly [Record<string, unknown>, (told: FakeHistory) => void]>> = {
  'that is still undecided when we stop listening is not awaited': [
    {
      holds: 'unknown',
      findings: [
        {
          code: 'not-awaited',
          because: 'the test stopped listening before anything was decided about the expired credential',
          entries: [1],
        },
      ],
    },
    ({ socket }) => socket('c1').asks('expired').opens(),
  ],
  'that we close after too early is not awaited': [
    { holds: 'unknown', findings: [{ code: 'not-awaited', entries: [1, 2] }] },
    ({ socket }) => socket('c1').asks('expired').opens().closed(1000, '', 'us'),
  ],
  'that nobody answers within the wait for a welcome is undecided': [
    { holds: false, findings: [{ code: 'bad-token-undecided', entries: [1, 2] }] },
    ({ socket }) => socket('c1').asks('expired').opens().deadline('welcome'),
  ],
};

for (const [what, [verdict, tell]] of Object.entries(WAITS)) {
  test(`refusal: a bad credential ${what}`, () => {
    const told = fakeHistory();
    tell(told);
    expect(refuses()(told.history)).toMatchObject(verdict);
  });
}
