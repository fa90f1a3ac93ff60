import { REDACTED } from './redaction-marks.ts';

/** Words that open every shape below; a text without any of them is not searched further. */
const SUSPICIOUS = /eyJ|ZXlK|QmVhcmVyI|65794a|bearer|basic|token|secret|password|passwd|key|ticket|jwt|cookie/i;

/** A continued line of a token that was wrapped; real line breaks and escaped ones. */
const CONTINUED = String.raw`(?:(?:[\r\n]|\\[rn])+[ \t]*[\w.-]{20,})*`;

/**
 * Words with a dot inside, from their first character on. `eyJ` opens every base64url JSON object: one that a dot follows is
 * a JWT, and {@link fromToken} finds where in the word it begins.
 */
const DOTTED_WORDS = new RegExp(String.raw`(?<![\w-])[\w-]+(?:(?:\.|%2E)[\w-]*)+${CONTINUED}`, 'g');
const WORD_PARTS = /[\w-]+(\.|%2E)?/g;
const TOKEN_OPENING = 'eyJ';
const SHORTEST_TOKEN_PART = 11;

/**
 * Tokens that need no dot: the header of a JWT; `ZXlK`, which is `eyJ` encoded once more, and `QmVhcmVyI`, which is `Bearer `;
 * `65794a`, which is `eyJ` in hexadecimal.
 */
const TOKENS = new RegExp(
  [
    String.raw`eyJ(?:hbGci|0eXAi|raWQi|lbmMi|jdHki)[\w-]*${CONTINUED}`,
    String.raw`(?:ZXlK|QmVhcmVyI)[\w+/-]{16,}${CONTINUED}={0,2}`,
    '65794[aA](?:[0-9a-fA-F]{2}){16,}',
  ].join('|'),
  'g',
);

/** Values behind a scheme, which hold a digit where the words of a sentence hold none, or behind the prefix of a subprotocol. */
const CREDENTIALS = /\b(Bearer|Basic)(\s+|%20|\+)([\w.~+/%=-]{16,})|\b(jwt\.(?:staging\.)?)[\w.+/=-]{20,}/gi;

const NAMES = 'token|secret|password|passwd|api_?key|bypass_?key|simulation_?key|cookie|jwt|ticket';
const ASSIGNMENTS =
  /(^|[?&;\s,({])((?:access_|auth_|refresh_|id_)?(?:token|jwt|ticket|ticket_id|api_?key|secret|password|passwd|key)=)(?!\[redacted)[^&#;\s"'\\<>]+/gi;
const FIELDS = new RegExp(String.raw`("[\w-]*(?:${NAMES})"\s*:\s*")(?!\[redacted)[^"\\]*(?:\\.[^"\\]*)*`, 'gi');
const QUOTED_FIELDS = new RegExp(String.raw`('[\w-]*(?:${NAMES})'\s*:\s*')(?!\[redacted)[^'"\\]+`, 'gi');
const NESTED_FIELDS = new RegExp(
  String.raw`((?<!\\)\\+"[\w-]*(?:${NAMES})\\+"\s*:\s*\\+")(?!\[redacted)[^"\\]*(?:\\[^"\\][^"\\]*)*`,
  'gi',
);

/**
 * Replaces what is a credential by its shape: tokens, values behind a scheme, and fields whose names say so. Each pattern
 * reads a character a bounded number of times: it begins where a word, a run of backslashes or a fixed text begins, and
 * what follows cannot fail after a long read.
 */
export function redactShapes(text: string): string {
  if (!SUSPICIOUS.test(text)) return text;
  return text
    .replace(DOTTED_WORDS, fromToken)
    .replace(TOKENS, REDACTED.token)
    .replace(CREDENTIALS, withoutCredential)
    .replace(ASSIGNMENTS, `$1$2${REDACTED.field}`)
    .replace(FIELDS, `$1${REDACTED.field}`)
    .replace(QUOTED_FIELDS, `$1${REDACTED.field}`)
    .replace(NESTED_FIELDS, `$1${REDACTED.field}`);
}

/** A dotted word with a mark from the beginning of its token on; the word itself when it holds none. */
function fromToken(word: string): string {
  for (const { 0: part, 1: dot, index } of word.matchAll(WORD_PARTS)) {
    const at = dot === undefined ? -1 : part.indexOf(TOKEN_OPENING);
    if (at >= 0 && part.length - (dot?.length ?? 0) - at >= SHORTEST_TOKEN_PART)
      return `${word.slice(0, index + at)}${REDACTED.token}`;
  }
  return word;
}

function withoutCredential(all: string, scheme = '', gap = '', value = '', prefix = ''): string {
  if (value !== '' && !/\d/.test(value)) return all;
  return `${scheme}${gap}${prefix}${REDACTED.token}`;
}
