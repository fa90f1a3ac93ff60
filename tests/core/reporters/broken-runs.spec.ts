import { expect, test } from '@playwright/test';
import { RUN_TEST } from '../../../src/reporters/allure-run.ts';
import { childFolder, reportData, runScript, shownTests, writeSuite } from '../../child-runs/child-report.ts';
import { runSuite } from '../../child-runs/child-run.ts';

const SKIPPED = `import { test } from '@playwright/test';\ntest.skip('never runs', () => {});\n`;
const PASSING = `import { test } from '@playwright/test';\ntest('runs', () => {});\n`;
const BROKEN = `import { test } from '@playwright/test';\ntest('is cut', () => {\n`;

/* Each test starts runners of its own, which takes its time on a busy machine. */
test.describe.configure({ timeout: 120_000 });

test('broken run: all skipped is red, on the terminal, in the exit code and in the report', async () => {
  using folder = childFolder();
  const run = await runSuite(folder.path, writeSuite(folder.path, { 'a.spec.ts': SKIPPED }));
  expect(run.output).toContain('nothing was judged');
  expect(run.output).toContain('NOT FIT: none of 1 test was judged');
  expect(run.exitCode).toBe(1);
  expect((await runScript('scripts/report.ts', [], { REPORTS_FOLDER: folder.path })).exitCode).toBe(0);
  const itself = shownTests(folder.path).find(({ name }) => name === RUN_TEST);
  expect(itself?.status).toBe('failed');
  expect(itself?.error?.message).toContain('all 1 tests were skipped or never started');
});

test('broken run: a spec that does not load leaves a report that says where', async () => {
  using folder = childFolder();
  const run = await runSuite(folder.path, writeSuite(folder.path, { 'a.spec.ts': PASSING, 'b.spec.ts': BROKEN }));
  expect(run.exitCode).toBe(1);
  expect((await runScript('scripts/report.ts', [], { REPORTS_FOLDER: folder.path })).exitCode).toBe(0);
  const [itself] = shownTests(folder.path).filter(({ status }) => status !== 'skipped');
  expect(itself?.status).toBe('failed');
  expect(itself?.error?.message).toMatch(/^Not verified: run \[run-broken\] in phase setup, blame harness/);
  expect(itself?.error?.message).toMatch(/SyntaxError: .*b\.spec\.ts/);
});

test('broken run: a nightly run without a secret is red, and its report shows both ways forward', async () => {
  using folder = childFolder();
  const nightly = await runScript('scripts/nightly.ts', ['staging'], { REPORTS_FOLDER: folder.path });
  expect(nightly.exitCode).toBe(1);
  expect(nightly.output).toContain('# staging: not fit');
  const [itself] = shownTests(folder.path);
  expect(itself?.error?.message).toContain('STAGING_BACKEND_URL=twin npx playwright test --project=staging');
  expect([...reportData(folder.path).keys()].some((path) => path.includes('categories'))).toBe(true);
});

test('broken run: a nightly run that Playwright refuses to begin is red, and has a report of its own', async () => {
  using folder = childFolder();
  const nightly = await runScript('scripts/nightly.ts', ['nowhere'], { REPORTS_FOLDER: folder.path });
  expect(nightly.exitCode).toBe(1);
  expect(nightly.output).toContain('# nowhere: not fit');
  const [itself] = shownTests(folder.path);
  expect(itself?.error?.message).toContain('a project that does not exist');
});

test('broken run: the report of no run says how to make one', async () => {
  using folder = childFolder();
  const report = await runScript('scripts/report.ts', [], { REPORTS_FOLDER: folder.path });
  expect(report.exitCode).toBe(1);
  expect(report.output).toContain('Run the tests first');
});

test('broken run: a known failure that is expired makes a whole run red', async () => {
  using folder = childFolder();
  const known = `{ annotation: { type: 'known-failure', description: 'until 2020-01-01, owner nobody, finding pong-late: it is slow' } }`;
  const spec = PASSING.replace(`'runs', `, `'runs', ${known}, `);
  const run = await runSuite(folder.path, writeSuite(folder.path, { 'a.spec.ts': spec }), { WHOLE_RUN: '1' });
  expect(run.output).toContain('known failure: it expired on 2020-01-01; ask nobody whether it is fixed');
  expect(run.exitCode).toBe(1);
});
