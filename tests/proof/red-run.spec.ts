import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { runSuite } from '../child-runs/child-run.ts';
import { deadPort, loopbackServer } from '../child-runs/loopback-server.ts';
import { findingsOf } from '../../src/checks/verdict.ts';

const SECRET = 'a-secret-of-this-test-that-is-long-enough';

/** Variables that point the staging project at a port of this machine. */
function stagingAt(port: number): Readonly<Record<string, string>> {
  return {
    STAGING_BACKEND_URL: `http://127.0.0.1:${port}`,
    STAGING_WEBSOCKET_URL: `ws://127.0.0.1:${port}/ws`,
    STAGING_JWT_SECRET: SECRET,
  };
}

test('red run: a fault of the twin ends with exit code 1, the finding in the output and in the verdicts', async ({}, {
  outputDir,
}) => {
  const run = await runSuite(outputDir, ['--project=twin', 'welcome.spec'], { TWIN_FAULT: 'close-1011-after-63ms' });
  expect(run.exitCode).toBe(1);
  expect(run.output).toContain('Violated: welcome [closed-before-welcome] in phase welcome, blame product');
  expect(run.output).toMatch(/closed with 1011 "Internal error" \d+ ms after it opened/);
  const findings = run.verdicts?.tests.flatMap(({ verdicts }) =>
    verdicts.flatMap((verdict) => findingsOf(verdict).map(({ code, blame }) => `${code} ${blame}`)),
  );
  expect(findings).toContain('closed-before-welcome product');
});

test('red run: without a secret nothing runs, and one message names both ways forward', async ({}, { outputDir }) => {
  const run = await runSuite(outputDir, ['--project=staging']);
  expect(run.exitCode).toBe(1);
  expect(run.output).toContain(
    'STAGING_JWT_SECRET, STAGING_E2E_OAUTH_SIMULATION_KEY, STAGING_ACCESS_TOKEN: expected exactly one of them, found none',
  );
  expect(run.output).toContain('STAGING_BACKEND_URL=twin npx playwright test --project=staging');
  expect(run.output).not.toMatch(/[1-9]\d* passed/);
});

test('red run: a port where nothing listens stops in the preflight', async ({}, { outputDir }) => {
  const run = await runSuite(outputDir, ['--project=staging'], stagingAt(await deadPort()));
  expect(run.exitCode).toBe(1);
  expect(run.output).toContain('Violated: preflight [tcp-failed] in phase tcp, blame environment');
  expect(run.output).toContain('ECONNREFUSED');
  expect(run.output).not.toContain(SECRET);
});

test('red run: an HTTP server without WebSocket is named by every test that connects', async ({}, { outputDir }) => {
  await using target = await loopbackServer((server) =>
    server.on('request', (_, response) => response.end('{"status":"healthy"}')),
  );
  const run = await runSuite(outputDir, ['--project=staging', 'closing.spec'], stagingAt(target.port));
  expect(run.exitCode).toBe(1);
  expect(run.output).toContain('Violated: handshake [upgrade-ignored] in phase upgrade, blame environment');
});

test('red run: rehearsing staging on the twin is green, and says that it was a rehearsal', async ({}, {
  outputDir,
}) => {
  const run = await runSuite(outputDir, ['--project=staging', 'welcome.spec'], { STAGING_BACKEND_URL: 'twin' });
  expect(run.output).toContain('FIT: 4 of 4 tests judged, none red');
  expect(run.exitCode).toBe(0);
  const environment = await readFile(join(run.reports, 'allure-results', 'environment.properties'), 'utf8');
  expect(environment).toContain('the twin stands in for the deployment');
});
