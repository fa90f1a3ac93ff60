import { REDACTED } from './redaction-marks.ts';
import { redactShapes } from './secret-shapes.ts';
import { redactSplit } from './split-secrets.ts';

export { REDACTED } from './redaction-marks.ts';

/**
 * Replaces every secret in a text by a mark that says what stood there. Of a text that was cut off at its end, the
 * beginning of a secret that stands there goes too.
 */
export type Redact = (text: string, isCut?: boolean) => string;

const NEVER = /(?!)/g;
const SPECIAL_CHARACTER = /["\\^$.*+?()[\]{}|/-]/g;
const BACKSLASH = '\\';
const ESCAPED_IN_JSON = '"/';
const SHORTEST_REMAINDER = 8;
const SHORT_CHARACTERS = 64;
const MOST_REMEMBERED = 1000;

/**
 * A redactor for the configured secrets and for everything that is shaped like one. `forms` are all spellings of the
 * configured secrets. Called for every frame: a text without a secret costs one search for the forms, one for the words
 * that shapes begin with, and one for line breaks. Short texts that hold none, such as the headers that every connection
 * sends, are remembered.
 */
export function createRedactor(forms: readonly string[]): Redact {
  const known = anyOf(forms);
  const harmless = new Set<string>();
  return (text, isCut = false) => {
    const isShort = text.length <= SHORT_CHARACTERS && !isCut;
    if (isShort && harmless.has(text)) return text;
    const whole = isCut ? withoutCutSecret(text, forms) : text;
    const redacted = redactSplit(redactShapes(whole.replace(known, REDACTED.secret)), known);
    if (isShort && redacted === text && harmless.size < MOST_REMEMBERED) harmless.add(text);
    return redacted;
  };
}

function withoutCutSecret(text: string, forms: readonly string[]): string {
  for (const form of forms) {
    for (let length = Math.min(form.length - 1, text.length); length >= SHORTEST_REMAINDER; length -= 1) {
      if (text.endsWith(form.slice(0, length))) return `${text.slice(0, -length)}${REDACTED.secret}`;
    }
  }
  return text;
}

/** Longest first, so that a secret that contains another leaves no remainder. */
function anyOf(forms: readonly string[]): RegExp {
  const distinct = [...new Set(forms)].filter((form) => form !== '').toSorted((a, b) => b.length - a.length);
  return distinct.length === 0 ? NEVER : new RegExp(distinct.map(patternOf).join('|'), 'g');
}

/** A form as it stands, or as a string inside of JSON inside of JSON, however deep: each level adds backslashes. */
function patternOf(form: string): string {
  return form.replaceAll(SPECIAL_CHARACTER, (character) => {
    if (character === BACKSLASH) return `${BACKSLASH}${BACKSLASH}+`;
    const escapes = ESCAPED_IN_JSON.includes(character) ? `${BACKSLASH}${BACKSLASH}*` : '';
    return `${escapes}${BACKSLASH}${character}`;
  });
}
