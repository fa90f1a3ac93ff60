import { expect, test } from '@playwright/test';
import { preflight } from '../../../src/checks/preflight.ts';
import { PREFLIGHT_STAGES } from '../../../src/history/probe-names.ts';
import { codesOf } from './judges-to.ts';
import { fakeHistory } from '../histories/fake-history.ts';

for (const stage of PREFLIGHT_STAGES) {
  test(`preflight: stops at ${stage} and says so`, () => {
    const { history, probe } = fakeHistory();
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
  const { history, probe } = fakeHistory();
  for (const name of PREFLIGHT_STAGES) probe({ name, target: name, found: 'good' });
  expect(codesOf(preflight()(history))).toBe('holds');
});

test('preflight: a stage whose answer shows nothing is a doubt, not a pass', () => {
  const { history, probe } = fakeHistory();
  for (const name of PREFLIGHT_STAGES) probe({ name, target: name, ...(name !== 'clock' && { found: 'good' }) });
  expect(codesOf(preflight()(history))).toBe('unknown: not-asked');
});

const EXPECTED = {
  dns: 'the host name resolves',
  tcp: 'the port accepts a connection',
  tls: 'the certificate is valid for the host',
  health: 'GET /health says healthy, ok, ready or degraded',
  clock: 'the clocks of client and server agree within the tolerance',
  token: 'a token for a test user can be had',
};

for (const [number, stage] of PREFLIGHT_STAGES.entries()) {
  test(`preflight: a failure at ${stage} says what was expected, and cites its probe`, () => {
    const { history, probe } = fakeHistory();
    for (const name of PREFLIGHT_STAGES.slice(0, number)) probe({ name, target: name, found: 'good' });
    probe({ name: stage, target: 'the host', error: 'no' });
    const because = `stage ${stage}, the host: no`;
    expect(preflight()(history)).toMatchObject({
      holds: false,
      because,
      findings: [{ expected: EXPECTED[stage], found: 'no', because, entries: [number] }],
    });
  });
}

test('preflight: what was not tried and what showed nothing are distinguished by what is cited', () => {
  const { history, probe } = fakeHistory();
  expect(preflight()(history)).toMatchObject({
    check: 'preflight',
    findings: [{ because: 'the stage dns was not tried', entries: [] }],
  });
  probe({ name: 'dns', target: 'the host' });
  expect(preflight()(history)).toMatchObject({
    findings: [{ because: 'stage dns, the host: the answer did not tell', entries: [0] }],
  });
});

test('preflight: only the health stage can be degraded', () => {
  const { history, probe } = fakeHistory();
  const body = '{"status":"degraded"}';
  for (const name of PREFLIGHT_STAGES) probe({ name, target: name, status: 200, body });
  expect(preflight()(history)).toEqual({
    check: 'preflight',
    holds: true,
    because: 'every stage of the preflight succeeded',
    notes: [{ code: 'degraded', because: 'health says "degraded"', entries: [3] }],
    evidence: [0, 1, 2, 3, 4, 5],
  });
});
