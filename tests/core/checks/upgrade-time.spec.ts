import { expect, test } from '@playwright/test';
import { welcome } from '../../../src/checks/index.ts';
import { BUDGETS } from '../histories/budgets.ts';
import type { FakeHistory } from '../histories/fake-history.ts';
import { fakeHistory } from '../histories/fake-history.ts';

/** Opens connections that begin together, each after its time. */
function opensAfter(fake: FakeHistory, times: readonly number[]): void {
  const sockets = times.map((tookMs, position) => ({ tookMs, socket: fake.socket(`c${position + 1}`) }));
  fake.at(10);
  for (const { socket } of sockets) {
    fake.at(10);
    socket.asks();
  }
  for (const { tookMs, socket } of sockets.toSorted((a, b) => a.tookMs - b.tookMs)) {
    fake.at(10 + tookMs);
    socket.opens().welcomed();
  }
}

function judgedUpgrades(make: (fake: FakeHistory) => void) {
  const fake = fakeHistory();
  make(fake);
  const verdict = welcome(BUDGETS)(fake.history);
  return verdict.holds === true ? [] : verdict.findings.filter(({ code }) => code === 'upgrade-late');
}

test('upgrade-late: upgrades within their budget are in time', () => {
  expect(judgedUpgrades((fake) => opensAfter(fake, [10, 150, 190]))).toEqual([]);
});

test('upgrade-late: one slow upgrade among fast ones is the product, over the same network', () => {
  expect(judgedUpgrades((fake) => opensAfter(fake, [20, 20, 1200, 20]))).toMatchObject([
    {
      blame: 'product',
      connection: 'c3',
      found: 'an upgrade after 1200 ms',
      because: expect.stringMatching(
        /^the upgrade \(#\d+\) came 1200 ms after its request; 200 ms are allowed; the fastest upgrade of the same test took 20 ms over the same network/,
      ),
    },
  ]);
});

test('upgrade-late: fast HTTP and slow upgrades are the product', () => {
  const findings = judgedUpgrades((fake) => {
    fake.probe({ name: 'health', target: 'GET /health', status: 200 });
    opensAfter(fake, [1200]);
  });
  expect(findings).toMatchObject([
    { blame: 'product', because: expect.stringContaining('took 1 ms: upgrades alone are slow') },
  ]);
});

test('upgrade-late: slow HTTP and slow upgrades are the environment', () => {
  const findings = judgedUpgrades((fake) => {
    const probe = { kind: 'probe', name: 'health', target: 'GET /health', status: 200, durationMs: 1100 } as const;
    fake.socket('').fact(probe);
    opensAfter(fake, [1200]);
  });
  expect(findings).toMatchObject([
    { blame: 'environment', because: expect.stringContaining('took 1100 ms: everything was slow') },
  ]);
});

test('upgrade-late: time that passes before the request is sent is the network', () => {
  const findings = judgedUpgrades((fake) => {
    fake.at(10);
    const c1 = fake.socket('c1').asks();
    fake.at(1000);
    c1.fact({ kind: 'reached', stage: 'connected', found: '192.0.2.1:443' });
    fake.at(1100);
    c1.opens().welcomed();
  });
  expect(findings).toMatchObject([
    {
      blame: 'environment',
      because: expect.stringContaining('the network took 990 ms of it, before the request was sent'),
    },
  ]);
});

test('upgrade-late: without other evidence it stays open, and the operators look first', () => {
  expect(judgedUpgrades((fake) => opensAfter(fake, [1200]))).toMatchObject([
    { blame: 'environment', because: expect.stringContaining('whether HTTP was as slow was not asked in this test') },
  ]);
});

test('upgrade-late: upgrades that are served one by one are one finding with its law', () => {
  expect(judgedUpgrades((fake) => opensAfter(fake, [300, 1300, 2300, 3300]))).toMatchObject([
    { because: expect.stringContaining('each further user waits 1.0 s more: they are served one by one') },
  ]);
});

test('upgrade-late: our own lag in the same time explains it', () => {
  const fake = fakeHistory();
  fake.at(10);
  const c1 = fake.socket('c1').asks();
  fake.at(1000);
  fake.lag(1000);
  c1.opens().welcomed();
  const verdict = welcome(BUDGETS)(fake.history);
  expect(verdict).toMatchObject({ holds: 'unknown', findings: [{ code: 'harness-lag', blame: 'harness' }] });
});
