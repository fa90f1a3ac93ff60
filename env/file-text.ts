/** A line `NAME=value` of an env file, with an optional `export` as in a shell. */
const ASSIGNMENT = /^\s*(?:export\s+)?([\w.-]+)\s*=\s*(.*?)\s*$/;
const QUOTES = ['"', "'", '`'];
/** A comment that begins where it stands. */
const COMMENT_OR_END = /^\s*(?:#.*)?$/;

/**
 * What an env file says that its reader would drop or change without a word: a line that is no setting, a name that stands
 * twice, a quote that is not closed, a `#` in the middle of a value. One sentence per line, which never shows a value.
 */
export function fileProblems(file: string, text: string): readonly string[] {
  const firstLines = new Map<string, number>();
  return text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\r|\n/)
    .flatMap((line, index) => {
      const place = `${file}, line ${index + 1}`;
      if (COMMENT_OR_END.test(line)) return [];
      const [, name, value] = ASSIGNMENT.exec(line) ?? [];
      if (name === undefined || value === undefined) {
        return [`${place}: expected NAME=value or a comment, found ${line.length} other characters. Correct the line.`];
      }
      const first = firstLines.get(name);
      firstLines.set(name, first ?? index + 1);
      return [
        ...(first === undefined ? [] : [`${place}: ${name} stands in line ${first} already. Remove one of the two.`]),
        ...valueProblems(`${place}: ${name}`, value),
      ];
    });
}

function valueProblems(place: string, value: string): readonly string[] {
  const quote = QUOTES.find((mark) => value.startsWith(mark));
  if (quote === undefined) return unquotedProblems(place, value);
  const end = value.indexOf(quote, 1);
  if (end === -1)
    return [`${place}: expected ${quote} at the end of the line too, found it at the beginning only. Close the quote.`];
  if (COMMENT_OR_END.test(value.slice(end + 1))) return [];
  const after = value.length - end - 1;
  return [
    `${place}: expected nothing but a comment after the closing ${quote}, found ${after} characters. Quote the whole value with another mark.`,
  ];
}

function unquotedProblems(place: string, value: string): readonly string[] {
  const cut = value.indexOf('#');
  if (cut > 0 && !/\s/.test(value.charAt(cut - 1))) {
    const kept = `an unquoted # after ${cut} of its ${value.length} characters, where the value would be cut`;
    return [`${place}: expected the whole value, found ${kept}. Put the value in quotes.`];
  }
  const last = value
    .replace(/\s#.*$/, '')
    .trimEnd()
    .slice(-1);
  if (!QUOTES.includes(last)) return [];
  return [
    `${place}: expected ${last} at the beginning too, found it at the end only. Quote the whole value, or remove the mark.`,
  ];
}
