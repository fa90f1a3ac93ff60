import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { RUN_TEST } from '../src/reporters/allure-run.ts';
import { openingOn, withTallPreviews, withoutRequests } from '../src/reporters/report-page.ts';
import {
  RUN_FILE,
  isRecorded,
  markRecorded,
  readRun,
  reportName,
  whyUnfinished,
} from '../src/reporters/verdicts-reporter.ts';

/*
 * npm run report: draws the report of the last run, one file that opens from disk, and adds the run to the history once.
 * Allure itself is configured in allurerc.ts.
 */
const reports = process.env['REPORTS_FOLDER'] ?? 'reports';
const results = join(reports, 'allure-results');
const run = readRun(join(reports, RUN_FILE));
const page = join(reports, 'allure-report', 'index.html');

function hasResults(): boolean {
  return existsSync(results) && readdirSync(results).some((file) => file.endsWith('-result.json'));
}

function generate(): number {
  rmSync(join(reports, 'allure-report'), { recursive: true, force: true });
  const append = isRecorded(reports) ? '0' : '1';
  const name = reportName(run);
  const { status } = spawnSync(
    process.execPath,
    ['node_modules/allure/cli.js', 'generate', results, '--config', 'allurerc.ts', '--name', name],
    {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, ALLURE_APPEND_HISTORY: append },
    },
  );
  if (status === 0) markRecorded(reports);
  return status ?? 1;
}

const unfinished = whyUnfinished(run);
if (unfinished !== undefined) {
  console.error(unfinished);
  process.exitCode = 1;
} else if (!hasResults()) {
  console.error(`No results in ${results}. Run the tests first: npx playwright test --project=twin`);
  process.exitCode = 1;
} else if (generate() !== 0 || !existsSync(page)) {
  console.error(`Allure did not write ${page}; see its message above.`);
  process.exitCode = 1;
} else {
  writeFileSync(page, openingOn(withTallPreviews(withoutRequests(readFileSync(page, 'utf8'))), RUN_TEST));
  console.log(`Report: ${page}`);
}
