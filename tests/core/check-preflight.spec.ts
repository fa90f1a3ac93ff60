import { expect, test } from '@playwright/test';
import { preflight, PREFLIGHT_STAGES } from '../../src/checks/preflight.ts';
import { codesOf } from './codes.ts';
import { tale } from './histories.ts';

for (const stage of PREFLIGHT_STAGES) {
  test(`preflight: stops at ${stage} and says so`, () => {
    const { history, probe } = tale();
    for (const name of PREFLIGHT_STAGES.slice(0, PREFLIGHT_STAGES.indexOf(stage)))
      probe({ name, target: name, found: 'good' });
    expect(codesOf(preflight()(history))).toBe('unknown: not-asked');
    probe({ name: stage, target: stage, error: 'no' });
    const code = {
      health: 'health-failed',
      clock: 'clock-skewed',
      token: 'token-unavailable',
      dns: 'dns-failed',
      tcp: 'tcp-failed',
      tls: 'tls-failed',
    }[stage];
    expect(codesOf(preflight()(history))).toBe(code);
  });
}

test('preflight: holds when every stage was tried and none failed', () => {
  const { history, probe } = tale();
  for (const name of PREFLIGHT_STAGES) probe({ name, target: name, found: 'good' });
  expect(codesOf(preflight()(history))).toBe('holds');
});

test('preflight: a stage whose answer did not tell is a doubt, not a pass', () => {
  const { history, probe } = tale();
  for (const name of PREFLIGHT_STAGES) probe({ name, target: name, ...(name !== 'clock' && { found: 'good' }) });
  expect(codesOf(preflight()(history))).toBe('unknown: not-asked');
});
