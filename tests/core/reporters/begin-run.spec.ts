import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from '@playwright/test';
import { claim, markUnfinished, reportsFolder } from '../../../src/reporters/begin-run.ts';
import { readRun } from '../../../src/reporters/verdicts-reporter.ts';
import { childFolder, runScript } from '../../child-runs/child-report.ts';

const STARTED = '2026-01-02T03:04:05.000Z';

test('begin run: the reports stand beside the configuration, from wherever the run was started', () => {
  expect(reportsFolder({})).toBe(resolve('reports'));
  expect(reportsFolder({ REPORTS_FOLDER: '' })).toBe(resolve('reports'));
  expect(reportsFolder({ REPORTS_FOLDER: 'reports/second' })).toBe(resolve('reports/second'));
  expect(reportsFolder({ REPORTS_FOLDER: '/tmp/second' })).toBe('/tmp/second');
});

test('begin run: a folder that a living run has claimed is refused, and the message names that run', async () => {
  using folder = childFolder();
  const other = spawn(process.execPath, ['-e', 'setInterval(() => undefined, 1000)']);
  const pid = other.pid ?? -1;
  const release = claim(folder.path, { pid, startedAt: STARTED });
  expect(() => claim(folder.path)).toThrow(
    `but run ${pid}, started at ${STARTED}, writes there. Wait for it, or give this run`,
  );
  other.kill('SIGKILL');
  await once(other, 'exit');
  claim(folder.path)();
  expect(existsSync(join(folder.path, 'run.lock'))).toBe(false);
  release();
});

test('begin run: a folder that cannot be written is said in one sentence', () => {
  using folder = childFolder();
  const file = join(folder.path, 'file');
  writeFileSync(file, '');
  expect(() => claim(join(file, 'reports'))).toThrow(
    /^Reports: expected a folder that can be written, but .*file\/reports cannot \(ENOTDIR\)/,
  );
});

test('begin run: what an earlier run wrote is gone, and the report refuses a run that has not finished', async () => {
  using folder = childFolder();
  writeFileSync(join(folder.path, 'junit.xml'), '<testsuites tests="53" />');
  writeFileSync(join(folder.path, 'verdicts.json'), JSON.stringify({ status: 'passed' }));
  markUnfinished(folder.path, new Date(STARTED));
  expect(existsSync(join(folder.path, 'junit.xml'))).toBe(false);
  expect(readRun(join(folder.path, 'verdicts.json'))).toMatchObject({
    status: 'not finished',
    startedAt: STARTED,
    tests: [],
  });
  const report = await runScript('scripts/report.ts', [], { REPORTS_FOLDER: folder.path });
  expect(report.exitCode).toBe(1);
  expect(report.output).toContain(`The run that started at ${STARTED} has not finished, so there is nothing to show`);
  expect(readFileSync(join(folder.path, 'verdicts.json'), 'utf8')).toContain('not finished');
});
