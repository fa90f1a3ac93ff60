import type { Attachment, TestResult } from 'allure-js-commons';
import { LabelName, Stage, Status } from 'allure-js-commons';
import { createTestResult, md5, randomUuid } from 'allure-js-commons/sdk/reporter';
import { ownerOf } from './owners.ts';
import { OPENING } from '../report/explain.ts';

/** The name of the test that stands for the run itself. */
export const RUN_TEST = 'starts, loads every spec, and judges';

/** When the run began and ended, in epoch milliseconds, and what went wrong outside its tests. */
export interface RunOutcome {
  readonly startMs: number;
  readonly stopMs: number;
  readonly problems: readonly string[];
  readonly attachments: readonly Attachment[];
}

/**
 * The run itself as an Allure test. Without it a run that breaks before its first test would leave an empty report. It is
 * there on good nights too, so that its history shows when it broke and when it was mended.
 */
export function runResult({ startMs, stopMs, problems, attachments }: RunOutcome): TestResult {
  const fullName = 'run › itself';
  const broke = problems.length > 0;
  return {
    ...createTestResult(randomUuid(), md5(`${fullName}:`)),
    name: RUN_TEST,
    fullName,
    testCaseId: md5(fullName),
    titlePath: ['run'],
    status: broke ? Status.FAILED : Status.PASSED,
    stage: Stage.FINISHED,
    start: startMs,
    stop: stopMs,
    attachments: [...attachments],
    ...(broke && { statusDetails: { message: messageOf(problems) } }),
    labels: [
      { name: LabelName.EPIC, value: 'The run itself' },
      { name: LabelName.FEATURE, value: 'Run' },
      { name: LabelName.STORY, value: 'Settings are valid, every spec loads, every declared test runs and is judged' },
      { name: LabelName.SEVERITY, value: 'blocker' },
      ...(broke
        ? [
            { name: 'blame', value: 'harness' },
            { name: 'phase', value: 'setup' },
            { name: 'finding', value: 'run-broken' },
            { name: LabelName.OWNER, value: ownerOf('harness') },
          ]
        : []),
    ],
  };
}

function messageOf(problems: readonly string[]): string {
  const headline = `${OPENING.unknown} run [run-broken] in phase setup, blame harness: the run itself did not go as it should`;
  return [headline, ...problems].join('\n\n');
}
