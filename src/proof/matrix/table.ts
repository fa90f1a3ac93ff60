import Table from 'cli-table3';
import type { CaseResult } from './judge-case.ts';
import { isProven, isRightlyDiagnosed } from './judge-case.ts';
import { OLD_SUITE } from './old-suite.ts';

/** The matrix as a table, one line per case. */
export function caseTable(results: readonly CaseResult[]): string {
  const table = new Table({
    head: ['case', 'red', 'fired', 'checks', 'findings', 'diagnosis', ''],
    style: { head: [], border: [], compact: true },
  });
  for (const result of results) {
    const { name, kind, red, tests, fired, checks, found } = result;
    table.push([
      name,
      `${red}/${tests}`,
      kind === 'fault' ? fired : '',
      checks === undefined ? 'not run' : checks ? 'agree' : 'DISAGREE',
      found.join('\n') || '-',
      diagnosisOf(result),
      isProven(result) ? 'proven' : problemOf(result),
    ]);
  }
  return table.toString();
}

/** The defects on which the old suite was measured, and both scores beside each other. */
export function oldSuiteTable(results: readonly CaseResult[]): string {
  const table = new Table({
    head: ['defect', 'old suite', 'noticed', 'ours', 'red', ''],
    style: { head: [], border: [], compact: true },
  });
  for (const { defect, ours, verdicts, noticed } of OLD_SUITE) {
    const result = results.find(({ name }) => name === ours);
    if (result === undefined) continue;
    table.push([
      defect,
      verdicts,
      noticed ? 'yes' : 'NO',
      ours,
      `${result.red}/${result.tests}`,
      isProven(result) ? 'proven' : 'NOT PROVEN',
    ]);
  }
  return table.toString();
}

function diagnosisOf(result: CaseResult): string {
  const { expected, found } = result.diagnosis;
  if (result.kind === 'variant') return '';
  return isRightlyDiagnosed(result) ? (found ?? 'none') : `${found ?? 'none'}, not ${expected ?? 'none'}`;
}

function problemOf({ tests, missing, wrongBlame, unexpected, fired, red, kind, checks }: CaseResult): string {
  const problems = [
    ...missing.map((finding) => `survived: no ${finding}`),
    ...wrongBlame.map((finding) => `wrong blame: no ${finding}`),
    ...unexpected.map((finding) => `${kind === 'variant' ? 'false alarm' : 'collateral'}: ${finding}`),
    ...(kind === 'fault' && fired === 0 ? ['never fired'] : []),
    ...(kind === 'fault' && red === 0 ? ['nothing red'] : []),
    ...(tests === 0 ? ['the contract was not run'] : []),
    ...(checks === true ? [] : [checks === false ? 'the checks alone disagree' : 'the checks alone were not run']),
  ];
  return problems.join('\n');
}
