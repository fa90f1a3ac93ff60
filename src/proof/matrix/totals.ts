import type { CaseResult } from './judge-case.ts';
import { isProven, isRightlyDiagnosed } from './judge-case.ts';
import { OLD_SUITE } from './old-suite.ts';

/** What the whole matrix comes to. */
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

export function totalsOf(results: readonly CaseResult[]): Totals {
  const faults = results.filter(({ kind }) => kind === 'fault');
  const variant = results.filter(({ kind }) => kind === 'variant');
  const rows = OLD_SUITE.flatMap((row) => {
    const result = results.find(({ name }) => name === row.ours);
    return result === undefined ? [] : [{ row, result }];
  });
  return {
    faults: faults.length,
    detected: faults.filter(({ red, fired, missing }) => red > 0 && fired > 0 && missing.length === 0).length,
    rightBlame: faults.filter(({ missing, wrongBlame }) => missing.length + wrongBlame.length === 0).length,
    rightDiagnosis: faults.filter(isRightlyDiagnosed).length,
    wronglyDiagnosed: faults.filter((result) => !isRightlyDiagnosed(result)).map(({ name }) => name),
    variants: variant.length,
    falseAlarms: variant.filter((result) => !isProven(result)).length,
    notProven: results.filter((result) => !isProven(result)).map(({ name }) => name),
    oldSuite: {
      rows: rows.length,
      noticed: rows.filter(({ row }) => row.noticed).length,
      provenByUs: rows.filter(({ result }) => isProven(result)).length,
    },
  };
}

/** The totals in sentences. */
export function totalsText(totals: Totals): string {
  const { faults, detected, rightBlame, rightDiagnosis, wronglyDiagnosed, variants, falseAlarms, oldSuite } = totals;
  const share = (part: number): string =>
    `${part} of ${faults} (${faults === 0 ? 0 : ((100 * part) / faults).toFixed(1)} %)`;
  return [
    `Detected         ${share(detected)}`,
    `Right blame      ${share(rightBlame)}`,
    `Right diagnosis  ${share(rightDiagnosis)}${wronglyDiagnosed.length === 0 ? '' : `; missed: ${wronglyDiagnosed.join(', ')}`}`,
    `False alarms     ${falseAlarms} of ${variants} legitimate cases`,
    `Old suite        noticed ${oldSuite.noticed} of its ${oldSuite.rows} measured rows; ours come out right on ${oldSuite.provenByUs}`,
  ].join('\n');
}
