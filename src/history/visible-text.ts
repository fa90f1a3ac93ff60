/** Control characters, formatting characters (bidirectional overrides among them), lone surrogates, and exotic line breaks. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** Runners of CI take what follows for a command, wherever it stands in a line. */
const COMMAND_OPENING = /##(?=\[)/g;

const LINE_BREAKS = /\r\n|[\r\n\u2028\u2029\u0085]/g;

/**
 * A text in which everything can be seen: what a terminal, a browser or a CI runner would obey instead of showing it is written
 * as `\u{…}`. Line feeds and tabs stay.
 */
export function visible(text: string): string {
  return text
    .replaceAll(INVISIBLE, (character) => (character === '\n' || character === '\t' ? character : written(character)))
    .replaceAll(COMMAND_OPENING, '# #');
}

/** A {@link visible} text on one line: nothing that it holds can begin a line of its own. */
export function onOneLine(text: string): string {
  return visible(text.replaceAll(LINE_BREAKS, ' ⏎ ').replaceAll('\t', ' '));
}

function written(character: string): string {
  return String.raw`\u{${character.codePointAt(0)?.toString(16) ?? ''}}`;
}
