import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import type { Attachment, StepResult, TestResult } from 'allure-js-commons';
import { LabelName, Status } from 'allure-js-commons';
import type { LifecycleListener } from 'allure-js-commons/sdk/reporter';
import { findingKind } from '../checks/findings.ts';
import type { Verdict } from '../checks/verdict.ts';
import { explain, headline } from '../report/explain.ts';
import { ownerOf } from './owners.ts';
import { firstFinding } from './test-verdicts.ts';

/** Attachments for machines only: Playwright's prompt for a language model, samples that the metrics sum up, the signature. */
const HIDDEN = ['error-context', 'latencies', 'signature'];

/**
 * Mends each result just before `allure-playwright` writes it to `resultsDir`: evidence right under the test, the whole
 * failure text, labels for blame and phase, and one red for whatever is red: a promise that could not be verified is no better
 * than one that was violated.
 */
export function allureListener(resultsDir: string): LifecycleListener {
  return {
    beforeTestResultWrite(result) {
      raiseAttachments(result);
      showProjectOnce(result);
      if (!hasEpic(result)) result.labels.push(...OF_THE_HARNESS);
      const red = result.status === Status.FAILED || result.status === Status.BROKEN;
      if (red) tellFailure(result, verdictsOf(result, resultsDir));
    },
  };
}

const EPIC: string = LabelName.EPIC;

const OF_THE_HARNESS = [
  { name: EPIC, value: 'The harness itself' },
  { name: LabelName.SEVERITY, value: 'normal' },
];

/** The project belongs to the identity of a test, but needs no section of its own on the page. */
function showProjectOnce(result: TestResult): void {
  const project = result.parameters.find(({ name }) => name === 'Project');
  if (project === undefined) return;
  project.mode = 'hidden';
  result.labels.push({ name: 'project', value: project.value });
}

function hasEpic({ labels }: TestResult): boolean {
  return labels.some(({ name }) => name === EPIC);
}

/** Attachments of the evidence arrive each in a step of its own. */
function raiseAttachments(result: TestResult): void {
  const isEvidence = ({ name, steps, attachments }: StepResult): boolean =>
    steps.length === 0 && attachments.length === 1 && attachments[0]?.name === name;
  const raised = result.steps.filter(isEvidence).flatMap(({ attachments }) => attachments);
  result.steps = result.steps.filter((step) => !isEvidence(step));
  result.attachments = [...raised, ...result.attachments].filter(({ name }) => !HIDDEN.includes(name));
}

function verdictsOf({ attachments }: TestResult, resultsDir: string): readonly Verdict[] {
  const attachment: Attachment | undefined = attachments.findLast(({ name }) => name === 'verdicts');
  if (attachment === undefined) return [];
  const verdicts: readonly Verdict[] = JSON.parse(readFileSync(join(resultsDir, attachment.source), 'utf8'));
  return verdicts;
}

function tellFailure(result: TestResult, verdicts: readonly Verdict[]): void {
  const thrown = stripVTControlCharacters(result.statusDetails.message ?? '').replace(/^Error: /, '');
  result.status = Status.FAILED;
  const worst = firstFinding(verdicts)?.finding;
  const blame = worst?.blame ?? 'harness';
  const phase = worst === undefined ? 'setup' : findingKind(worst.code).phase;
  result.labels.push(
    { name: 'blame', value: blame },
    { name: 'phase', value: phase },
    { name: 'finding', value: worst?.code ?? 'no verdict' },
    { name: LabelName.OWNER, value: ownerOf(blame) },
  );
  if (worst === undefined) {
    result.statusDetails.message = thrown;
    return;
  }
  result.statusDetails = { message: withTheRest(thrown, verdicts) };
}

/** The text that was thrown first, and what else was found. */
function withTheRest(thrown: string, verdicts: readonly Verdict[]): string {
  const untold = verdicts.flatMap((verdict) => {
    if (verdict.holds === true) return [];
    const isTold = verdict.findings.some((finding) => thrown.includes(headline(verdict.check, finding)));
    return isTold ? [] : [explain([verdict], 'the attachments')];
  });
  return [thrown, ...untold].join('\n\n');
}
