import type { StepResult, TestResult } from 'allure-js-commons';
import { LabelName, LinkType, Status } from 'allure-js-commons';
import type { LifecycleListener } from 'allure-js-commons/sdk/reporter';
import { tellFailure } from './allure-failure.ts';
import { requirementUrl } from './requirement-links.ts';

/** Attachments for machines only: Playwright's prompt for a language model, samples that the metrics sum up, the signature. */
const HIDDEN = ['error-context', 'latencies', 'signature'];

/**
 * Mends each result just before `allure-playwright` writes it to `resultsDir`: evidence right under the test, the whole
 * failure text, labels for blame and phase, and one red for whatever is red: a promise that could not be verified is no better
 * than one that was violated.
 */
export function allureListener(
  resultsDir: string,
  env: Readonly<Record<string, string | undefined>>,
): LifecycleListener {
  return {
    beforeTestResultWrite(result) {
      raiseAttachments(result);
      showProjectOnce(result);
      linkRequirements(result, env);
      if (!hasEpic(result)) result.labels.push(...OF_THE_HARNESS);
      const red = result.status === Status.FAILED || result.status === Status.BROKEN;
      if (red) tellFailure(result, resultsDir);
    },
  };
}

/** The links of `allure-playwright` itself take an id with a colon for an address, and leave it alone. */
function linkRequirements(result: TestResult, env: Readonly<Record<string, string | undefined>>): void {
  result.links = result.links.map((link) => {
    if (link.type !== TMS || link.name !== undefined) return link;
    return { ...link, name: link.url, url: requirementUrl(link.url, env) };
  });
}

const TMS: string = LinkType.TMS;

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
