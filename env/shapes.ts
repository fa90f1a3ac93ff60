import { fullName, rawTexts } from './sources.ts';
import type { SettingsReading } from './sources.ts';
import { VARIABLE_NAMES, aboutVariable } from './variables.ts';
import type { VariableName, VariableProblem } from './variables.ts';

const CONTROL = /\p{Cc}/u;
/** Format characters, separators and blanks other than the space bar's: nobody sees them, and nobody means them. */
const INVISIBLE = /[\p{Cf}\p{Zl}\p{Zp}]|(?! )\p{Zs}/u;
const QUOTE_AT_AN_END = /^["'`“”‘’]|["'`“”‘’]$/;

/** Texts that would be changed or misread without a word: something was pasted with a value, and does not belong to it. */
export function shapeProblems({ project, sources }: SettingsReading): readonly VariableProblem[] {
  return VARIABLE_NAMES.flatMap((name) =>
    rawTexts(project, sources, name).flatMap(({ text, where }) => {
      const found = shapeOf(name, text);
      if (found === undefined) return [];
      const of = `${text.length} characters${aboutVariable(name).secret === true ? ' (a secret, not shown)' : ''}`;
      const problem = `${fullName(project, name)} (${where}): expected the bare value, got ${of} with ${found}. Paste it again without that.`;
      return [{ name, problem }];
    }),
  );
}

function shapeOf(name: VariableName, text: string): string | undefined {
  const isSecret = aboutVariable(name).secret === true;
  if (!isSecret && text.trim() === '') return undefined;
  if (text.trim() === '') return 'nothing but blanks';
  if (/^[\s\p{Zs}]|[\s\p{Zs}]$/u.test(text) && isSecret) return 'a blank or a line break at its beginning or end';
  if (name === 'PROMPT') return undefined;
  if (/[\r\n]/.test(text.trim())) return 'a line break';
  if (CONTROL.test(text.trim())) return `the control character ${codePointOf(text, CONTROL)}`;
  if (INVISIBLE.test(text)) return `the invisible character ${codePointOf(text, INVISIBLE)}`;
  if (!isSecret) return undefined;
  if (QUOTE_AT_AN_END.test(text)) return 'a quote at its beginning or end';
  if (/^(?:Bearer\s|Authorization:)/i.test(text)) return 'the word of a header before it';
  return undefined;
}

/** `U+200B at place 12`, counted from 1. */
function codePointOf(text: string, pattern: RegExp): string {
  const index = text.search(pattern);
  const code = text.codePointAt(index)?.toString(16).toUpperCase().padStart(4, '0') ?? '';
  return `U+${code} at place ${index + 1}`;
}
