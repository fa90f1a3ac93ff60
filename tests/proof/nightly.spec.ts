import { expect, test } from '@playwright/test';
import { diagnose } from '../../src/failures/diagnosis.ts';
import { ratesOf } from '../../src/load/judge/rates.ts';
import { judge } from '../../src/checks/judgement.ts';
import { NIGHTLY_FAULTS } from '../../src/twin/catalogue/faults/nightly.ts';
import { mismatchOf } from '../../src/proof/expectations.ts';
import { runNightlyWork } from '../../src/proof/nightly-run.ts';
import { findingsOfNight } from '../../src/proof/night-findings.ts';
import type { NightWork } from '../../src/proof/night-work.ts';
import { NIGHT_WORK } from '../../src/proof/night-work.ts';

/** The work in which each fault of the nightly shows. */
const SHOWS_IN: Readonly<Record<string, NightWork>> = {
  'dies-at-6-s': 'idling',
  'dies-at-30-s': 'idling',
  'dies-at-2-min': 'idling',
  'no-reconnect': 'reset',
  'leak-managers': 'reconnects',
  'reconnect-late': 'reset',
  'lose-queued': 'replay',
  'replay-twice': 'replay',
  'token-expiry-1011': 'expiry',
  'token-expiry-1008': 'expiry',
  'ready-too-early': 'restart',
  'never-recovers': 'restart',
  'health-hides-outage': 'rates',
  'refuse-fourth-connection': 'connections',
  'crash-fourth-connection': 'connections',
  'crowd-silences-pongs': 'connections',
  'crash-on-oversize': 'sizes',
  'limit-off-by-one': 'sizes',
  'rate-limit-1008': 'messages',
  'rate-limit-error': 'messages',
  'rate-limit-1011': 'messages',
};

for (const fault of NIGHTLY_FAULTS) {
  const { name, mustFind } = fault;
  test(`proof of the night: ${name} is found as exactly ${mustFind.map(({ code }) => code).join(', ') || 'nothing'}`, async () => {
    const piece = SHOWS_IN[name];
    if (piece === undefined) throw new Error(`Say in SHOWS_IN in which work of the night ${name} shows.`);
    const night = await runNightlyWork({ fault: name }, NIGHT_WORK[piece].work);
    expect(night.fired(name), 'the fault fired').toBeGreaterThan(0);
    expect(mismatchOf(findingsOfNight(piece, night), fault)).toEqual({ missing: [], unexpected: [] });
  });
}

test('proof of the night: 2 % of 1011 are seen among 300 connections, and named', async () => {
  const night = await runNightlyWork({ fault: 'close-1011-after-63ms@0.02', seed: 7 }, NIGHT_WORK.rates.work);
  const { gates, reasons } = ratesOf(night.history, night.settings);
  const [, internalErrors] = gates;
  expect(internalErrors?.holds).not.toBe(true);
  expect(internalErrors?.because).toContain('closed-before-welcome, close 1011 "Internal error"');
  expect(internalErrors?.because).toContain('intermittent');
  const verdicts = [...gates, ...reasons.map((check) => judge(check, night.history))];
  expect(diagnose(night.history, verdicts)).toMatchObject({
    signature: 'FM-22',
    recurrence: { looks: 'intermittent' },
  });
});
