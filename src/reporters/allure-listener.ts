import { stripVTControlCharacters } from 'node:util';
import type { StepResult, TestResult } from 'allure-js-commons';
import { LabelName, LinkType, Status } from 'allure-js-commons';
import type { LifecycleListener } from 'allure-js-commons/sdk/reporter';
import { ownerOf } from '../checks/blame.ts';
import { findingKind } from '../checks/findings.ts';
import type { Verdict } from '../checks/verdict.ts';
import { OPENING, explain, headline } from '../report/explain.ts';
import { firstFinding, isRed } from './test-verdicts.ts';
import { WITHOUT_VERDICT } from '../failures/causes.ts';
import type { Symptom } from '../failures/symptoms.ts';
import type { RunTests, TestVerdicts } from './test-verdicts.ts';

/** Attachments for machines only: Playwright's prompt for a language model, samples that the metrics sum up, the signature. */
const HIDDEN = ['error-context', 'latencies', 'signature', 'symptoms'];

/**
 * Completes each result just before `allure-playwright` writes it: evidence right under the test, the whole
 * failure text, labels for blame and phase, and one red for whatever is red: a promise that could not be verified is no better
 * than one that was violated.
 */
export function allureListener(tests: RunTests, env: Readonly<Record<string, string | undefined>>): LifecycleListener {
  return {
    beforeTestResultWrite(result) {
      raiseAttachments(result);
      showProjectOnce(result);
      linkRequirements(result, env);
      if (!hasEpic(result)) result.labels.push(...OF_THE_HARNESS);
      const test = testOf(result, tests);
      const failed = result.status === Status.FAILED || result.status === Status.BROKEN;
      if (failed || (test !== undefined && isRed(test))) {
        explainFailure(result, test?.verdicts ?? [], test?.symptoms?.symptoms[0]);
      }
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

/**
 * Writes the whole failure into a red result, of which Playwright hands on the first error only, and labels it with blame,
 * phase, finding and owner.
 */
function explainFailure(result: TestResult, verdicts: readonly Verdict[], symptom: Symptom | undefined): void {
  const thrown = stripVTControlCharacters(result.statusDetails.message ?? '').replace(/^Error: /, '');
  result.status = Status.FAILED;
  const worst = firstFinding(verdicts)?.finding;
  const blame = symptom?.owner ?? worst?.blame ?? 'harness';
  const phase = symptom?.phase ?? (worst === undefined ? 'setup' : findingKind(worst.code).phase);
  result.labels.push(
    { name: 'cause', value: symptom?.signature ?? WITHOUT_VERDICT },
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

/** Allure knows neither the test nor the result of Playwright; project, title and duration name them. */
function testOf({ name, parameters, start = 0, stop = 0 }: TestResult, tests: RunTests): TestVerdicts | undefined {
  const project = parameters.find((parameter) => parameter.name === 'Project')?.value ?? '';
  return tests.find({ project, title: name ?? '', durationMs: stop - start });
}

/** The text that was thrown, and what else was found; a verdict comes before an error that is none. */
function withTheRest(thrown: string, verdicts: readonly Verdict[]): string {
  const missing = verdicts.flatMap((verdict) => {
    if (verdict.holds === true) return [];
    const isThrown = verdict.findings.some((finding) => thrown.includes(headline(verdict.check, finding)));
    return isThrown ? [] : [explain([verdict], 'the attachments')];
  });
  const verdictFirst = Object.values(OPENING).some((opening) => thrown.startsWith(opening));
  return (verdictFirst ? [thrown, ...missing] : [...missing, thrown]).join('\n\n');
}

const PAGE = 'docs/requirements.md';

/**
 * Where the id of a requirement leads: to the page in the repository on GitHub when a workflow runs there, otherwise to the
 * page of the checkout, relative to the report.
 */
export function requirementUrl(id: string, env: Readonly<Record<string, string | undefined>>): string {
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_SHA: commit } = env;
  const published = server !== undefined && repository !== undefined && commit !== undefined;
  const page = published ? `${server}/${repository}/blob/${commit}/${PAGE}` : `../../${PAGE}`;
  return `${page}#${anchorOf(id)}`;
}

/** The anchor that GitHub gives to a heading that is the id of a requirement: `auth:refused` becomes `authrefused`. */
function anchorOf(id: string): string {
  return id
    .toLowerCase()
    .replaceAll(/[^\w -]/g, '')
    .replaceAll(' ', '-');
}
