import { expect, test } from '@playwright/test';
import type { NightlyWorkName } from '../../src/proof/nightly-work.ts';
import { NIGHTLY_WORK, nightlyFindings, runNightlyWork } from '../../src/proof/nightly-work.ts';

/** Faults that break one nightly work, with those in which they may show; a long connection may also die of its age. */
const SHOWS_ONLY_IN: Readonly<Record<string, readonly NightlyWorkName[]>> = {
  'health-hides-outage': ['rates'],
  'dies-at-2-min': ['idling', 'expiry', 'rates'],
  'leak-managers': ['reconnects'],
  'lose-queued': ['replay'],
  'token-expiry-1011': ['expiry'],
  'crash-fourth-connection': ['connections'],
  'crash-on-oversize': ['sizes'],
  'rate-limit-1011': ['messages'],
  'ready-too-early': ['restart'],
};

const WORKS = Object.keys(NIGHTLY_WORK).filter(isWork);

/** Slow enough that only connections which are held on purpose grow old, also on a busy machine. */
const AGEING_SLOWLY = { TWIN_TIME_SCALE: '40' };

/** Each fault takes a minute and more, so they are played with `PROOF=all` only. */
const PLAYED = process.env['PROOF'] === 'all' ? Object.entries(SHOWS_ONLY_IN) : [];

for (const [fault, shows] of PLAYED) {
  test(`nightly proof: ${fault} is not seen outside of ${shows.join(' and ')}`, async () => {
    test.setTimeout(120_000);
    for (const work of WORKS.filter((candidate) => !shows.includes(candidate))) {
      const run = await runNightlyWork({ fault, variables: AGEING_SLOWLY }, NIGHTLY_WORK[work].work);
      const ofTheProduct = nightlyFindings(work, run).filter(({ blame }) => blame !== 'harness');
      expect(ofTheProduct, work).toEqual([]);
    }
  });
}

function isWork(name: string): name is NightlyWorkName {
  return Object.hasOwn(NIGHTLY_WORK, name);
}
