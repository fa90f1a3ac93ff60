import { expect, test } from '@playwright/test';
import { diagnose } from '../../src/failures/diagnosis.ts';
import { ratesOf } from '../../src/load/judge/rates.ts';
import { judge } from '../../src/checks/judgement.ts';
import { NIGHTLY_FAULTS } from '../../src/twin/catalogue/faults/nightly.ts';
import { NO_DIFFERENCES, compare } from '../../src/proof/compare.ts';
import type { NightlyWorkName } from '../../src/proof/nightly-work.ts';
import { NIGHTLY_WORK, nightlyFindings, runNightlyWork } from '../../src/proof/nightly-work.ts';

/** The nightly work in which each fault shows. */
const SHOWS_IN: Readonly<Record<string, NightlyWorkName>> = {
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
  test(`nightly proof: ${name} is found as exactly ${mustFind.map(({ code }) => code).join(', ') || 'nothing'}`, async () => {
    const work = SHOWS_IN[name];
    if (work === undefined) throw new Error(`Add to SHOWS_IN the nightly work in which ${name} shows.`);
    const run = await runNightlyWork({ fault: name }, NIGHTLY_WORK[work].work);
    expect(run.fired(name), 'the fault fired').toBeGreaterThan(0);
    expect(compare(nightlyFindings(work, run), fault)).toEqual(NO_DIFFERENCES);
  });
}

test('nightly proof: 2 % of 1011 are seen among 300 connections, and named', async () => {
  const run = await runNightlyWork({ fault: 'close-1011-after-63ms@0.02', seed: 7 }, NIGHTLY_WORK.rates.work);
  const { gates, reasons } = ratesOf(run.history, run.settings);
  const [, internalErrors] = gates;
  expect(internalErrors?.holds).not.toBe(true);
  expect(internalErrors?.because).toContain('closed-before-welcome, close 1011 "Internal error"');
  expect(internalErrors?.because).toContain('intermittent');
  const verdicts = [...gates, ...reasons.map((check) => judge(check, run.history))];
  expect(diagnose(run.history, verdicts)).toMatchObject({
    signature: 'FM-22',
    recurrence: { looks: 'intermittent' },
  });
});
