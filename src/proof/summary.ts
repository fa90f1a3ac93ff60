import Table from 'cli-table3';
import type { CaseResult } from './case-result.ts';
import { isProven, isRightlyDiagnosed } from './case-result.ts';
import { OLD_SUITE } from './old-suite.ts';

/** The results of all cases in figures. */
export interface Totals {
  readonly faults: number;
  readonly detected: number;
  readonly rightBlame: number;
  readonly rightDiagnosis: number;
  readonly wronglyDiagnosed: readonly string[];
  readonly variants: number;
  readonly falseAlarms: number;
  readonly notProven: readonly string[];
  readonly oldSuite: { readonly rows: number; readonly noticed: number; readonly provenByUs: number };
}

/** Counts the results of some cases. */
export function totalsOf(results: readonly CaseResult[]): Totals {
  const faults = results.filter(({ kind }) => kind === 'fault');
  const variants = results.filter(({ kind }) => kind === 'variant');
  const rows = rowsOfOldSuite(results);
  return {
    faults: faults.length,
    detected: faults.filter(({ red, fired, missing }) => red > 0 && fired > 0 && missing.length === 0).length,
    rightBlame: faults.filter(({ missing, wrongBlame }) => missing.length + wrongBlame.length === 0).length,
    rightDiagnosis: faults.filter(isRightlyDiagnosed).length,
    wronglyDiagnosed: faults.filter((result) => !isRightlyDiagnosed(result)).map(({ name }) => name),
    variants: variants.length,
    falseAlarms: variants.filter((result) => !isProven(result)).length,
    notProven: results.filter((result) => !isProven(result)).map(({ name }) => name),
    oldSuite: {
      rows: rows.length,
      noticed: rows.filter(({ row }) => row.noticed).length,
      provenByUs: rows.filter(({ result }) => isProven(result)).length,
    },
  };
}

/** The totals in sentences, of the kinds of cases that ran. */
export function totalsText(totals: Totals): string {
  const { faults, detected, rightBlame, rightDiagnosis, variants, falseAlarms, notProven } = totals;
  const share = (part: number): string => `${part} of ${faults} faults (${((100 * part) / faults).toFixed(1)} %)`;
  const missed = totals.wronglyDiagnosed.length === 0 ? '' : `; missed: ${totals.wronglyDiagnosed.join(', ')}`;
  const ofFaults = [
    `Detected         ${share(detected)}`,
    `Right blame      ${share(rightBlame)}`,
    `Right diagnosis  ${share(rightDiagnosis)}${missed}`,
  ];
  return [
    ...(faults > 0 ? ofFaults : []),
    ...(variants > 0 ? [`False alarms     ${falseAlarms} of ${variants} legitimate cases`] : []),
    ...(notProven.length > 0 ? [`Not proven       ${notProven.join(', ')}`] : []),
  ].join('\n');
}

/** A table with one line per case. */
export function caseTable(results: readonly CaseResult[]): string {
  const table = newTable(['case', 'red', 'fired', 'checks', 'findings', 'diagnosis', '']);
  for (const result of results) {
    const { name, kind, red, tests, fired, checks, found } = result;
    table.push([
      name,
      `${red}/${tests}`,
      kind === 'fault' ? fired : '',
      checks === undefined ? 'not run' : checks ? 'agree' : 'DISAGREE',
      found.join('\n') || '-',
      diagnosisText(result),
      isProven(result) ? 'proven' : problemsText(result),
    ]);
  }
  return table.toString();
}

/** The defects on which the old suite was measured, the outcome of both suites beside each other, and the sum. */
export function oldSuiteText(results: readonly CaseResult[]): string {
  const table = newTable(['defect', 'old suite', 'noticed', 'ours', 'red', '']);
  for (const { row, result } of rowsOfOldSuite(results)) {
    const noticed = row.noticed ? 'yes' : 'NO';
    const proven = isProven(result) ? 'proven' : 'NOT PROVEN';
    table.push([row.defect, row.verdicts, noticed, row.ours, `${result.red}/${result.tests}`, proven]);
  }
  const { rows, noticed, provenByUs } = totalsOf(results).oldSuite;
  return `${table.toString()}\nOld suite        noticed ${noticed} of ${rows} defects; this one proves ${provenByUs}`;
}

function rowsOfOldSuite(results: readonly CaseResult[]) {
  return OLD_SUITE.flatMap((row) => {
    const result = results.find(({ name }) => name === row.ours);
    return result === undefined ? [] : [{ row, result }];
  });
}

function newTable(head: string[]) {
  return new Table({ head, style: { head: [], border: [], compact: true } });
}

function diagnosisText(result: CaseResult): string {
  const { expected, found } = result.diagnosis;
  if (result.kind === 'variant') return '';
  return isRightlyDiagnosed(result) ? (found ?? 'none') : `${found ?? 'none'}, not ${expected ?? 'none'}`;
}

function problemsText({ tests, missing, wrongBlame, unexpected, fired, red, kind, checks }: CaseResult): string {
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
