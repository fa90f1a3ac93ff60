import { createKnownSecrets } from './known-secrets.ts';
import { REDACTED } from './redaction-marks.ts';
import { redactShapes } from './secret-shapes.ts';

export { REDACTED } from './redaction-marks.ts';

/**
 * Replaces every secret in a text by a mark that says what stood there. Of a text that was cut off at its end, the
 * beginning of a secret that stands there goes too.
 */
export type Redact = (text: string, isCut?: boolean) => string;

/** A shorter beginning of a secret at the end of a cut text says nothing, and could be anything. */
const SHORTEST_BEGINNING = 8;
const SHORT_CHARACTERS = 64;
const MOST_REMEMBERED = 1000;

/**
 * A redactor for the configured secrets and for everything that has the shape of one. `spellings` are all forms in which a
 * configured secret may be written. It is called for every frame, and its time is linear in the text, whatever a server sends.
 * Short texts that hold no secret, such as the headers that every connection sends, are remembered.
 */
export function createRedactor(spellings: readonly string[]): Redact {
  const redactKnown = createKnownSecrets(spellings);
  const harmless = new Set<string>();
  return (text, isCut = false) => {
    const isShort = text.length <= SHORT_CHARACTERS && !isCut;
    if (isShort && harmless.has(text)) return text;
    const redacted = redactShapes(redactKnown(isCut ? withoutBeginning(text, spellings) : text));
    if (isShort && redacted === text && harmless.size < MOST_REMEMBERED) harmless.add(text);
    return redacted;
  };
}

/** A text without the beginning of a secret that it ends with. */
function withoutBeginning(text: string, spellings: readonly string[]): string {
  for (const spelling of spellings) {
    for (let length = Math.min(spelling.length - 1, text.length); length >= SHORTEST_BEGINNING; length -= 1) {
      if (text.endsWith(spelling.slice(0, length))) return `${text.slice(0, -length)}${REDACTED.secret}`;
    }
  }
  return text;
}
