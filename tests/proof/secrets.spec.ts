import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from '@playwright/test';
import { runSuite } from '../child-runs/child-run.ts';
import { endTraces, plant, plantPlain, tracesOf } from './canaries/canary.ts';
import type { EchoingServer } from './canaries/echoing-server.ts';
import { echoingServer } from './canaries/echoing-server.ts';
import { filesIn, findTraces } from './canaries/search.ts';
import { findingsOf } from '../../src/checks/verdict.ts';
import { SHORT_BUDGETS } from '../../src/proof/proof-session.ts';

const jwtSecret = plant('JWT secret');
const bypassKey = plantPlain('bypass key');
const SPECS = ['--no-deps', 'welcome.spec', 'agent-events.spec'];
const LONGEST_MS = 120_000;

test.describe.configure({ timeout: LONGEST_MS });

/** The staging project against a server of this machine, under short budgets. */
function stagingAt({ port }: EchoingServer): Readonly<Record<string, string>> {
  const budgets = Object.entries(SHORT_BUDGETS).map(([name, value]) => [name.replace('TWIN_', 'STAGING_'), value]);
  return {
    ...Object.fromEntries(budgets),
    STAGING_BACKEND_URL: `http://127.0.0.1:${port}`,
    STAGING_WEBSOCKET_URL: `ws://127.0.0.1:${port}/ws`,
    STAGING_AUTH_URL: `http://127.0.0.1:${port}`,
  };
}

/** Runs specs against the server, generates the report, and searches every file and output for every secret. */
async function searchRun(
  server: EchoingServer,
  reports: string,
  args: readonly string[],
  variables: Readonly<Record<string, string>>,
): Promise<{
  readonly traces: readonly string[];
  readonly codes: ReadonlySet<string>;
  readonly files: readonly string[];
}> {
  const run = await runSuite(reports, [...args, '--project=staging'], { ...stagingAt(server), ...variables });
  const report = await promisify(execFile)(process.execPath, ['--import', 'tsx', 'scripts/report.ts'], {
    env: { ...process.env, REPORTS_FOLDER: reports },
  });
  const artefacts = [
    ...filesIn(reports),
    { name: 'output', content: run.output },
    { name: 'output of the report', content: report.stdout + report.stderr },
  ];
  const presented = [...server.presented].map(
    (value, number) => [`presented ${number + 1}`, endTraces(value)] as const,
  );
  const secrets = new Map([jwtSecret, bypassKey].map(({ name, secret }) => [name, tracesOf(secret)]));
  const findings = run.verdicts?.tests.flatMap(({ verdicts }) => verdicts.flatMap(findingsOf));
  return {
    traces: findTraces(artefacts, new Map([...secrets, ...presented])),
    codes: new Set(findings?.map(({ code }) => code)),
    files: artefacts.map(({ name }) => name.split('/')[0] ?? ''),
  };
}

test('no secret reaches any artefact when tokens are minted, whatever the server sends', async ({}, { outputDir }) => {
  await using server = await echoingServer([jwtSecret], jwtSecret.secret);
  const { traces, codes, files } = await searchRun(server, outputDir, SPECS, { STAGING_JWT_SECRET: jwtSecret.secret });
  expect(traces).toEqual([]);
  expect(server.leaks()).toBeGreaterThan(10);
  expect(server.presented.size).toBeGreaterThan(5);
  expect([...codes]).toEqual(expect.arrayContaining(['secret-echoed', 'frame-not-json', 'frame-binary']));
  expect(files).toEqual(expect.arrayContaining(['allure-results', 'allure-report', 'verdicts.json', 'junit.xml']));
});

test('no secret reaches any artefact when tokens are exchanged for a key', async ({}, { outputDir }) => {
  await using server = await echoingServer([bypassKey], jwtSecret.secret);
  const variables = { STAGING_E2E_OAUTH_SIMULATION_KEY: bypassKey.secret };
  const { traces, codes } = await searchRun(server, outputDir, ['--no-deps', 'welcome.spec'], variables);
  expect(traces).toEqual([]);
  expect([...codes]).toContain('token-unavailable');
});

test('without the redactor the same search finds secrets in every kind of artefact', async ({}, { outputDir }) => {
  await using server = await echoingServer([jwtSecret], jwtSecret.secret);
  const args = ['-c', 'tests/proof/canaries/unredacted.config.ts', '--no-deps', 'welcome.spec'];
  const variables = { STAGING_JWT_SECRET: jwtSecret.secret, VERBOSE: '1' };
  const { traces, codes } = await searchRun(server, outputDir, args, variables);
  for (const artefact of [
    'allure-results/',
    'allure-report/',
    'verdicts.json',
    'junit.xml',
    'test-results/',
    'output',
  ]) {
    expect(traces).toContainEqual(expect.stringContaining(artefact));
  }
  expect([...codes]).toContain('secret-recorded');
});
