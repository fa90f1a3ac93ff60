import { expect, test } from '@playwright/test';
import { runNightlyWork } from '../../src/proof/nightly-run.ts';
import { findingsOfNight } from '../../src/proof/night-findings.ts';
import type { NightWork } from '../../src/proof/night-work.ts';
import { NIGHT_WORK } from '../../src/proof/night-work.ts';

/** Faults that break one piece of the night, with the pieces in which they may show; what lives long may die of age. */
const SHOWS_ONLY_IN: Readonly<Record<string, readonly NightWork[]>> = {
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

const PIECES = Object.keys(NIGHT_WORK).filter(isPiece);

/** So that only what is held on purpose grows old, also on a busy machine. */
const AGEING_SLOWLY = { TWIN_TIME_SCALE: '40' };

/** Every pair takes a minute and more: with `PROOF=all` only. */
const PLAYED = process.env['PROOF'] === 'all' ? Object.entries(SHOWS_ONLY_IN) : [];

for (const [fault, shows] of PLAYED) {
  test(`proof of the night: ${fault} is not seen outside of ${shows.join(' and ')}`, async () => {
    test.setTimeout(120_000);
    for (const piece of PIECES.filter((candidate) => !shows.includes(candidate))) {
      const night = await runNightlyWork({ fault, variables: AGEING_SLOWLY }, NIGHT_WORK[piece].work);
      const ofTheProduct = findingsOfNight(piece, night).filter(({ blame }) => blame !== 'harness');
      expect(ofTheProduct, piece).toEqual([]);
    }
  });
}

function isPiece(name: string): name is NightWork {
  return Object.hasOwn(NIGHT_WORK, name);
}
