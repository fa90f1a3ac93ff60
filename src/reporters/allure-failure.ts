import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import type { TestResult } from 'allure-js-commons';
import { LabelName, Status } from 'allure-js-commons';
import { findingKind } from '../checks/findings.ts';
import type { Verdict } from '../checks/verdict.ts';
import { OPENING, explain, headline } from '../report/explain.ts';
import { ownerOf } from './owners.ts';
import { firstFinding } from './test-verdicts.ts';

/**
 * Tells the whole failure of a red result, of which Playwright hands on the first error only, and labels it with blame,
 * phase, finding and owner. Reads the verdicts that were attached to the result, which are in `resultsDir` already.
 */
export function tellFailure(result: TestResult, resultsDir: string): void {
  const verdicts = verdictsOf(result, resultsDir);
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

function verdictsOf({ attachments }: TestResult, resultsDir: string): readonly Verdict[] {
  const attachment = attachments.findLast(({ name }) => name === 'verdicts');
  if (attachment === undefined) return [];
  const verdicts: readonly Verdict[] = JSON.parse(readFileSync(join(resultsDir, attachment.source), 'utf8'));
  return verdicts;
}

/** The text that was thrown, and what else was found; a verdict comes before an error that is none. */
function withTheRest(thrown: string, verdicts: readonly Verdict[]): string {
  const untold = verdicts.flatMap((verdict) => {
    if (verdict.holds === true) return [];
    const isTold = verdict.findings.some((finding) => thrown.includes(headline(verdict.check, finding)));
    return isTold ? [] : [explain([verdict], 'the attachments')];
  });
  const toldFirst = Object.values(OPENING).some((opening) => thrown.startsWith(opening));
  return (toldFirst ? [thrown, ...untold] : [...untold, thrown]).join('\n\n');
}
