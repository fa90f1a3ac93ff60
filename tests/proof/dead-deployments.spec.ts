import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { expect, test } from '@playwright/test';
import { isConsequence } from '../../src/checks/findings.ts';
import { findingsOf } from '../../src/checks/verdict.ts';
import { startTwin } from '../../src/twin/twin.ts';
import type { ChildRun } from '../child-runs/child-run.ts';
import { runScript } from '../child-runs/child-report.ts';
import { runSuite, verdictsIn } from '../child-runs/child-run.ts';
import { deadPort, loopbackServer } from '../child-runs/loopback-server.ts';

/** Nobody waits longer for the verdict on a twin that serves nobody, or on a deployment without the deadlines of staging. */
const MOST_MS = 5000;

/** A deployment that serves nobody: what is found, in which phase of a first user, and what it looks like. */
interface Dead {
  readonly finding: string;
  readonly diagnosis: string;
}

/** Faults of the twin with which nobody is served. */
const DEAD_TWINS: Readonly<Record<string, Dead>> = {
  'close-1011-after-63ms': { finding: 'closed-before-welcome', diagnosis: 'FM-22' },
  'refuse-good-token-403': { finding: 'token-refused', diagnosis: 'FM-06' },
  'upgrade-hangs': { finding: 'upgrade-unanswered', diagnosis: 'FM-04' },
  'open-but-silent': { finding: 'welcome-missing', diagnosis: 'FM-35' },
  'deaf-server': { finding: 'pong-missing', diagnosis: 'FM-43' },
};

for (const [fault, dead] of Object.entries(DEAD_TWINS)) {
  test(`dead deployment: with ${fault} three users are tried, and the contract is not run`, async ({}, {
    outputDir,
  }) => {
    const run = await runSuite(outputDir, ['--project=twin'], { TWIN_FAULT: fault });
    expectStoppedAt(run, dead);
    expect(preflightOf(run)?.diagnosis?.recurrence).toMatchObject({ tried: 3, failed: 3 });
  });
}

const SECRET = 'a-secret-of-this-test-that-is-long-enough';

test('dead deployment: a port where nothing listens', async ({}, { outputDir }) => {
  const run = await runStaging(outputDir, `http://127.0.0.1:${await deadPort()}`);
  expectStoppedAt(run, { finding: 'tcp-failed', diagnosis: 'FM-02' });
});

test('dead deployment: a port that speaks no TLS', async ({}, { outputDir }) => {
  await using target = await loopbackServer((server) => server.on('request', (_, response) => response.end()));
  const run = await runStaging(outputDir, `https://127.0.0.1:${target.port}`);
  expectStoppedAt(run, { finding: 'tls-failed', diagnosis: 'FM-03' });
});

test('dead deployment: a port that accepts and never answers costs one deadline', async ({}, { outputDir }) => {
  await using target = await silentServer();
  const deadline = { STAGING_CONNECT_BUDGET_MS: '1500', STAGING_CONNECT_DEADLINE_MS: '1500' };
  const run = await runStaging(outputDir, `http://127.0.0.1:${target.port}`, deadline);
  expectStoppedAt(run, { finding: 'upgrade-unanswered', diagnosis: 'FM-13' });
});

test('dead deployment: a wrong secret', async ({}, { outputDir }) => {
  await using twin = await startTwin();
  const run = await runStaging(outputDir, twin.url);
  expectStoppedAt(run, { finding: 'token-refused', diagnosis: 'FM-28' });
});

test('dead deployment: a path that is not the WebSocket', async ({}, { outputDir }) => {
  await using twin = await startTwin({ jwtSecret: SECRET });
  const elsewhere = { STAGING_WEBSOCKET_URL: twin.websocketUrl.replace(/\/ws$/, '/socket') };
  const run = await runStaging(outputDir, twin.url, elsewhere);
  expectStoppedAt(run, { finding: 'upgrade-forbidden', diagnosis: 'wrong-path' });
});

test('dead deployment: no token that is still valid', async ({}, { outputDir }) => {
  await using twin = await startTwin({ jwtSecret: SECRET });
  const tokens = Array.from({ length: 20 }, (_, number) => endedToken(`${number}-is-somebody`));
  const given = { STAGING_JWT_SECRET: '', STAGING_ACCESS_TOKEN: tokens.join(',') };
  const run = await runStaging(outputDir, twin.url, given);
  expectStoppedAt(run, { finding: 'token-unavailable', diagnosis: 'FM-82' });
});

test('a part is broken: the contract runs, and the run is red', async ({}, { outputDir }) => {
  const run = await runSuite(outputDir, ['--project=twin', 'welcome.spec'], { TWIN_FAULT: 'no-events' });
  expect(run.exitCode).toBe(1);
  expect(preflightOf(run)).toMatchObject({ status: 'passed', outcome: 'violated' });
  expect(outcomesOfContract(run)).toEqual(['passed', 'passed', 'violated']);
});

test('only the first user is refused: the contract runs and is good, and the run is red', async ({}, { outputDir }) => {
  const variables = { TWIN_FAULT: 'cold-start' };
  const run = await runSuite(outputDir, ['--project=twin', 'service-endpoints.spec'], variables);
  expect(run.exitCode).toBe(1);
  expect(preflightOf(run)).toMatchObject({ status: 'passed', outcome: 'violated', diagnosis: { signature: 'FM-75' } });
  expect(run.output).toContain('Violated: handshake [service-unavailable]');
  expect(new Set(outcomesOfContract(run))).toEqual(new Set(['passed']));
});

test('a dead deployment is judged by every test where dependencies are switched off', async ({}, { outputDir }) => {
  const variables = { TWIN_FAULT: 'close-1011-after-63ms' };
  const run = await runSuite(outputDir, ['--project=twin', '--no-deps', 'closing.spec'], variables);
  expect(preflightOf(run)).toBeUndefined();
  expect(outcomesOfContract(run)).not.toContain('not run');
});

test('a night where nobody is served judges what needs no connection', async ({}, { outputDir }) => {
  test.setTimeout(90_000);
  const variables = { REPORTS_FOLDER: outputDir, TWIN_FAULT: 'close-1011-after-63ms' };
  const { exitCode, output } = await runScript('scripts/nightly.ts', ['twin'], variables);
  expect(exitCode).toBe(1);
  const tests = verdictsIn(outputDir)?.tests ?? [];
  const files = new Set(tests.map(({ file, outcome }) => `${file} ${outcome}`));
  expect([...files].toSorted(), output).toEqual([
    'tests/contract/authentication.spec.ts passed',
    'tests/contract/service-endpoints.spec.ts passed',
    'tests/preflight/preflight.spec.ts violated',
  ]);
});

/** A token that ended in 1970. */
function endedToken(sub: string): string {
  const parts = [{ alg: 'HS256' }, { sub, exp: 1 }].map((part) => Buffer.from(JSON.stringify(part)));
  return [...parts.map((part) => part.toString('base64url')), 'c2lnbmF0dXJl'].join('.');
}

function runStaging(reports: string, backend: string, variables: Readonly<Record<string, string>> = {}) {
  const websocket = `${backend.replace(/^http/, 'ws')}/ws`;
  return runSuite(reports, ['--project=staging'], {
    STAGING_BACKEND_URL: backend,
    STAGING_WEBSOCKET_URL: websocket,
    STAGING_JWT_SECRET: SECRET,
    ...variables,
  });
}

/** Accepts TCP connections and reads nothing from them. */
async function silentServer(): Promise<AsyncDisposable & { readonly port: number }> {
  const server = createServer();
  const sockets = new Set<{ destroy(): unknown }>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === 'string')
    throw new Error(`expected a TCP address, got ${String(address)}`);
  return {
    port: address.port,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

function expectStoppedAt(run: ChildRun, { finding, diagnosis }: Dead): void {
  const preflight = preflightOf(run);
  expect(run.exitCode).toBe(1);
  expect(codesOf(run), run.output).toContain(finding);
  expect(preflight).toMatchObject({ status: 'failed', diagnosis: { signature: diagnosis } });
  expect(preflight?.durationMs).toBeLessThan(MOST_MS);
  expect(outcomesOfContract(run).length).toBeGreaterThan(40);
  expect(new Set(outcomesOfContract(run))).toEqual(new Set(['not run']));
  expect(run.output).not.toContain(SECRET);
}

function preflightOf({ verdicts }: ChildRun) {
  return verdicts?.tests.find(({ project }) => project.endsWith('-preflight'));
}

function outcomesOfContract({ verdicts }: ChildRun): readonly string[] {
  const tests = verdicts?.tests.filter(({ project }) => !project.endsWith('-preflight')) ?? [];
  return tests.map(({ outcome }) => outcome).toSorted();
}

function codesOf(run: ChildRun): readonly string[] {
  const findings = preflightOf(run)?.verdicts.flatMap(findingsOf) ?? [];
  return findings.map(({ code }) => code).filter((code) => !isConsequence(code));
}
