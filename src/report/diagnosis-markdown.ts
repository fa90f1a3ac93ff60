import { onOneLine } from '../history/visible-text.ts';
import type { Diagnosis } from '../failures/diagnosis.ts';
import { FAILURES_FILE, linkTo } from '../failures/diagnosis.ts';

/**
 * A diagnosis as short Markdown, for people who have nothing but the report. `file` is where they find the explanations:
 * a path or an address.
 */
export function diagnosisMarkdown(diagnosis: Diagnosis, file: string = FAILURES_FILE): string {
  const linked = (signature: Diagnosis['alternatives'][number]): string => `[${signature}](${linkTo(signature, file)})`;
  const { signature, title, phase, blame, rule, measured, candidates, next, alternatives } = diagnosis;
  const others = alternatives.length === 0 ? [] : ['', `**Could also be** ${alternatives.map(linked).join(', ')}`];
  return [
    `### ${linked(signature)}: ${escaped(title)}`,
    '',
    `Phase **${phase}** · who looks: **${blame}**`,
    '',
    `Matched because: ${escaped(rule)}.`,
    '',
    '**Look at next**',
    '',
    ...bullets(next),
    '',
    '**Measured**',
    '',
    ...bullets(measured),
    '',
    '**Candidate causes** (none of them is proven)',
    '',
    ...bullets(candidates),
    ...others,
    '',
  ].join('\n');
}

function bullets(lines: readonly string[]): readonly string[] {
  return lines.map((line) => `- ${escaped(line)}`);
}

/** What came from the wire must not be read as Markdown or HTML. */
export function escaped(text: string): string {
  return onOneLine(text.replaceAll(/\s+/g, ' ')).replaceAll(/[\\`*_[\]<>#|~]/g, String.raw`\$&`);
}
