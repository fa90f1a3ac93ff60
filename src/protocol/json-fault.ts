/** Where a text stops being JSON (RFC 8259), and what a reader can still see of it. */
export interface JsonFault {
  /** What is wrong, where, in one clause. */
  readonly problem: string;
  /** The `type` that the text names all the same. */
  readonly type: string | undefined;
}

/** Space and structure, numbers and literals as JSON knows them. */
const TOKEN = /[\s{}[\],:]+|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.+-])|(?:true|false|null)(?!\w)/y;
const WORD = /[\w.+-]+|./suy;
const TYPE = /["']type["']\s*:\s*["']([\w.-]+)["']/;
const NAME = /["']([\w.-]+)["']\s*:\s*$/;

const LOOKED_BACK = 80;
const MOST_CHARACTERS = 40;

/**
 * Describes a text that the parser refused. Engines name the place in different words or not at all, so it is looked for: the first value
 * that is none, such as NaN or an unclosed text; else the place is the parser's own.
 */
export function jsonFaultIn(text: string, parserSays: string): JsonFault {
  const offset = firstNonToken(text);
  const type = TYPE.exec(text)?.[1];
  if (offset === undefined) return { problem: `the parser says: ${parserSays}`, type };
  const before = text.slice(0, offset);
  const line = before.split('\n').length;
  const column = offset - before.lastIndexOf('\n');
  WORD.lastIndex = offset;
  const value = WORD.exec(text)?.[0].slice(0, MOST_CHARACTERS);
  const name = NAME.exec(before.slice(-LOOKED_BACK))?.[1];
  const what = value === undefined ? 'the text ends too early' : `${value} is no JSON value`;
  const of = name === undefined ? '' : `, of ${JSON.stringify(name)}`;
  return {
    problem: `${what}${of}, at offset ${offset} (line ${line}, column ${column}); the parser says: ${parserSays}`,
    type,
  };
}

function firstNonToken(text: string): number | undefined {
  let offset = 0;
  while (offset < text.length) {
    const end = text[offset] === '"' ? endOfString(text, offset) : endOfToken(text, offset);
    if (end === undefined) return offset;
    offset = end;
  }
  return undefined;
}

function endOfToken(text: string, from: number): number | undefined {
  TOKEN.lastIndex = from;
  return TOKEN.test(text) ? TOKEN.lastIndex : undefined;
}

const FIRST_PRINTABLE = ' ';
const ESCAPABLE = '"\\/bfnrtu';

/** Behind the closing quote; `undefined` for a string that does not end or holds what none may. */
function endOfString(text: string, from: number): number | undefined {
  for (let at = from + 1; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === '"') return at + 1;
    if (character < FIRST_PRINTABLE) return undefined;
    if (character !== '\\') continue;
    at += 1;
    if (!ESCAPABLE.includes(text.charAt(at))) return undefined;
  }
  return undefined;
}
