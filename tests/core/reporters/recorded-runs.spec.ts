import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { changesBetween, lastGreen, readRecordedRuns } from '../../../src/reporters/nightly-summary.ts';
import { isRecorded, markRecorded } from '../../../src/reporters/verdicts-reporter.ts';
import { childFolder, reportData, runScript, shownTests } from '../../child-runs/child-report.ts';
import { runSuite } from '../../child-runs/child-run.ts';

test.describe.configure({ timeout: 180_000 });

const GREETS = 'tests/contract/welcome.spec.ts › greets the same user again on a second connection';
const CLOSES = 'tests/contract/closing.spec.ts › answers our close frame with the same code';

const EXPECTED_LABELS = Object.entries({
  epic: 'Connection',
  feature: 'Closing',
  severity: 'normal',
  project: 'twin',
  blame: 'product',
  phase: 'close',
  finding: 'close-unanswered',
  owner: 'developers of the backend',
}).map(([name, value]) => ({ name, value }));

/** A run of two tests at most, and its report. */
async function runAndReport(
  folder: string,
  specs: RegExp,
  fault: string,
): Promise<ReadonlyMap<string, string | undefined>> {
  await runSuite(folder, ['--project=twin', '--no-deps', '--grep', specs.source], { TWIN_FAULT: fault });
  const report = await runScript('scripts/report.ts', [], { REPORTS_FOLDER: folder });
  expect(report.output).toContain('Report: ');
  return new Map(shownTests(folder).map(({ name, transition }) => [name, transition]));
}

test('recorded runs: three runs with different faults show what is new, fixed and regressed, and the trend', async () => {
  using folder = childFolder();
  const greets = /greets the same user again/;
  const both = /greets the same user again|answers our close frame with/;
  await runAndReport(folder.path, greets, 'welcome-twice');
  const second = await runAndReport(folder.path, both, 'none');
  expect(second.get('greets the same user again on a second connection')).toBe('fixed');
  expect(second.get('answers our close frame with the same code')).toBe('new');
  const third = await runAndReport(folder.path, both, 'ignore-close');
  expect(third.get('answers our close frame with the same code')).toBe('regressed');

  const runs = readRecordedRuns(join(folder.path, 'allure-history', 'history.jsonl'), 'WebSocket end-to-end: twin');
  expect(runs).toHaveLength(3);
  const [first, middle, last] = runs;
  if (first === undefined || middle === undefined || last === undefined) throw new Error('three runs, see above');
  expect(lastGreen(runs)).toBe(middle);
  expect(changesBetween(first, middle)).toMatchObject({
    fixed: expect.arrayContaining([GREETS, 'run › itself']),
    added: [CLOSES],
    regressed: [],
    gone: [],
  });
  expect(changesBetween(middle, last)).toMatchObject({ regressed: expect.arrayContaining([CLOSES]), added: [] });

  const red = shownTests(folder.path).find(({ name }) => name === 'answers our close frame with the same code');
  expect(red?.status).toBe('failed');
  expect(red?.error?.message).toMatch(/^Violated: closing \[close-unanswered\] in phase close, blame product/);
  expect(red?.labels).toEqual(expect.arrayContaining(EXPECTED_LABELS));
  expect(red?.links).toMatchObject([{ name: 'closing:answered', url: expect.stringContaining('#closinganswered') }]);

  const data = reportData(folder.path);
  expect([...data.values()].join('\n')).not.toContain('error-context');
  const metrics: { readonly history: readonly unknown[] } = JSON.parse(data.get('widgets/metrics.json') ?? '{}');
  expect(metrics.history).toHaveLength(2);
  expect(data.get('widgets/charts.json')).toContain('statusDynamics');
});

test('recorded runs: a run is recorded once, however often its report is drawn', () => {
  using folder = childFolder();
  const file = join(folder.path, 'verdicts.json');
  expect(isRecorded(folder.path)).toBe(false);
  writeFileSync(file, JSON.stringify({ startedAt: '2026-11-21T03:17:00.000Z' }));
  expect(isRecorded(folder.path)).toBe(false);
  markRecorded(folder.path);
  expect(isRecorded(folder.path)).toBe(true);
  writeFileSync(file, JSON.stringify({ startedAt: '2026-11-22T03:17:00.000Z' }));
  expect(isRecorded(folder.path)).toBe(false);
});
