import { diagnose } from '../../src/failures/diagnosis.ts';
import { explain } from '../../src/report/explain.ts';
import { transcript } from '../../src/report/transcript.ts';
import type { FileJudgement } from './judge-file.ts';

const SIGN = { true: '✓', false: '✗', unknown: '?' } as const;

/** A judgement as text: each verdict in a line, then what does not hold, explained, and the transcript that it cites. */
export function report({ file, is, history, verdicts, caveats }: FileJudgement): string {
  const lines = verdicts.map(({ check, holds, because }) => `  ${SIGN[`${holds}`]} ${check}: ${because}`);
  const explanation = explain(verdicts, 'the transcript below', diagnose(history, verdicts));
  return [
    `${file}: ${is}`,
    ...caveats.map((caveat) => `  (${caveat})`),
    ...lines,
    ...(explanation === '' ? [] : ['', explanation, '', transcript(history, verdicts)]),
    '',
  ].join('\n');
}
