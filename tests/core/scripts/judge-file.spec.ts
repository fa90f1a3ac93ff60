import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { expect, test } from '@playwright/test';
import { judgeFile } from '../../../scripts/judge-file.ts';
import { agentRun, isolation } from '../../../src/checks/index.ts';
import type { Check } from '../../../src/checks/index.ts';
import type { History } from '../../../src/history/entry.ts';
import type { Recording } from '../../../src/report/recording.ts';
import { RECORDING_FORMAT } from '../../../src/report/recording.ts';
import { savedHistory } from '../../../src/report/saved-history.ts';
import { BUDGETS } from '../histories/budgets.ts';
import { fakeHistory } from '../histories/fake-history.ts';

const PAGE = 'tests/core/har/recorded-by-playwright.har';
const OPTIONS = { order: 'grammar', project: undefined } as const;

function recordingOf(history: History, checks: readonly Check[]): Recording {
  return {
    format: RECORDING_FORMAT,
    target: 'twin',
    project: 'twin',
    test: 'a test',
    clockZero: '2026-01-02T03:04:05.000Z',
    order: 'exact',
    budgets: BUDGETS,
    exemptFrom: [],
    judged: checks.flatMap((check) => ({ upTo: history.length, check: '', rules: [], ...check.savedAs })),
    entries: savedHistory(history),
  };
}

function judge(...args: readonly string[]): Promise<{ readonly exitCode: number | null; readonly output: string }> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, ['--import', 'tsx', 'scripts/judge.ts', ...args], (_, stdout, stderr) =>
      resolve({ exitCode: child.exitCode, output: `${stdout}${stderr}` }),
    );
  });
}

test('a recording is judged by the checks that were asked for, with their rules', async ({}, testInfo) => {
  const { history, socket } = fakeHistory();
  socket('c1').ready().runs('one').event('one', 'agent_started').event('one', 'agent_completed').quiet();
  const checks = [agentRun({ budgets: BUDGETS, order: 'exact', required: ['agent_started'] }), isolation()];
  const file = testInfo.outputPath('history.json');
  await writeFile(file, JSON.stringify(recordingOf(history, checks)));
  const { verdicts } = judgeFile(file, OPTIONS);
  expect(verdicts).toEqual(checks.map((check) => check(history)));
});

test('judging ends with 0, 1 or 2, and says why', async ({}, testInfo) => {
  const { history, socket } = fakeHistory();
  socket('c1').ready().closed(1011, 'gone');
  const wrong = testInfo.outputPath('history.json');
  await writeFile(wrong, JSON.stringify(recordingOf(history, [isolation()])));
  const runs = await Promise.all([judge(PAGE), judge(wrong), judge('package.json'), judge('--oder', PAGE)]);
  expect(runs.map(({ exitCode }) => exitCode)).toEqual([0, 1, 2, 2]);
  expect(runs[0]?.output).toContain('✓ agent-run');
  expect(runs[1]?.output).toContain('Violated: closing [closed-by-server]');
  expect(runs[2]?.output).toContain('package.json: expected a saved history (format');
  expect(runs[3]?.output).toContain("Unknown option '--oder'");
});

const DAMAGED: Readonly<Record<string, readonly [string, RegExp]>> = {
  'no JSON': ['{"log": ', /expected a readable file with JSON/],
  'a newer format': [
    JSON.stringify({ format: RECORDING_FORMAT.replace('@1', '@2') }),
    /expected a saved history of format "[^"]+@1", found a newer format: "[^"]+@2"\. Judge it with the version/,
  ],
  'an older format': [
    JSON.stringify({ format: RECORDING_FORMAT.replace('@1', '@0') }),
    /found an older format: "[^"]+@0"\. Judge it with the version of the harness that wrote it, or record the test again/,
  ],
  'another format': ['{"format": "something"}', /found another format: "something"/],
  'a missing entry': [
    JSON.stringify({
      ...recordingOf([], []),
      entries: [{ index: 1, atMs: 0, connection: 'c1', kind: 'quiet', forMs: 1 }],
    }),
    /entries\.0: expected the entry with index 0, found index 1: entries are missing or moved\. Take the attachment/,
  ],
  'a missing end': [
    JSON.stringify({ ...recordingOf([], []), judged: [{ upTo: 7, check: 'isolation', rules: [] }] }),
    /judged\.0: expected a judgement of at most 0 entries, found one of 7: the end is missing/,
  ],
  'a damaged entry': [
    JSON.stringify({ ...recordingOf([], []), entries: [{ kind: 'sent' }] }),
    /entries\.0\.index: .*expected number/s,
  ],
  'an unknown check': [
    JSON.stringify({ ...recordingOf([], []), judged: [{ upTo: 0, check: 'astrology', rules: [] }] }),
    /judged\.0: Expected the name of a check, got "astrology"\. The checks are agent-run, .*Judge the recording with the version/,
  ],
  'rules that are none': [
    JSON.stringify({ ...recordingOf([], []), judged: [{ upTo: 0, check: 'agent-run', rules: [{}] }] }),
    /The rules of the check agent-run cannot be read/,
  ],
  'a HAR without sockets': ['{"log": {"entries": []}}', /expected a HAR with at least one WebSocket, found none/],
  'a damaged HAR': ['{"log": {"entries": {}}}', /expected a HAR that can be judged, found:\n {2}log\.entries/],
};

for (const [what, [content, message]] of Object.entries(DAMAGED)) {
  test(`judging refuses ${what} with a clear message`, async ({}, testInfo) => {
    const file = testInfo.outputPath('file.json');
    await writeFile(file, content);
    expect(() => judgeFile(file, OPTIONS)).toThrow(message);
  });
}
