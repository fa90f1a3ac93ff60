import { REDACTED } from './redaction-marks.ts';

/** Words that open every shape below; a text without any of them is not searched further. */
const SUSPICIOUS = /eyJ|ZXlK|QmVhcmVyI|65794a|bearer|basic|token|secret|password|passwd|key|ticket|jwt|cookie/i;

/** A continued line of a token that was wrapped; real line breaks and escaped ones. */
const CONTINUED = String.raw`(?:(?:[\r\n]|\\[rn])+[ \t]*[\w.-]{20,})*`;

/**
 * Tokens, whoever signed them. `eyJ` opens every base64url JSON object: a dotted one is a JWT, an undotted one counts when
 * it begins as the header of a JWT does. `ZXlK` is `eyJ` and `QmVhcmVyI` is `Bearer ` encoded once more, `65794a` is `eyJ` in
 * hexadecimal.
 */
const TOKENS = new RegExp(
  [
    String.raw`eyJ[\w-]{8,}(?:(?:\.|%2E)[\w-]*)+${CONTINUED}`,
    String.raw`eyJ(?:hbGci|0eXAi|raWQi|lbmMi|jdHki)[\w-]*${CONTINUED}`,
    String.raw`(?:ZXlK|QmVhcmVyI)[\w+/-]{16,}${CONTINUED}={0,2}`,
    '65794[aA](?:[0-9a-fA-F]{2}){16,}',
  ].join('|'),
  'g',
);

/** Values behind a scheme or the prefix of a subprotocol. Words of a sentence have no digit, or are shorter. */
const CREDENTIALS =
  /\b(Bearer|Basic)(\s+|%20|\+)(?=[^\s"'\\,;<>]*\d)[\w.~+/%=-]{16,}|\b(jwt\.(?:staging\.)?)[\w.+/=-]{20,}/gi;

const NAMES = 'token|secret|password|passwd|api_?key|bypass_?key|simulation_?key|cookie|jwt|ticket';
const ASSIGNMENTS =
  /(^|[?&;\s,({])((?:access_|auth_|refresh_|id_)?(?:token|jwt|ticket|ticket_id|api_?key|secret|password|passwd|key)=)(?!\[redacted)[^&#;\s"'\\<>]+/gi;
const FIELDS = new RegExp(String.raw`("[\w-]*(?:${NAMES})"\s*:\s*")(?!\[redacted)(?:[^"\\]|\\.)+`, 'gi');
const QUOTED_FIELDS = new RegExp(String.raw`('[\w-]*(?:${NAMES})'\s*:\s*')(?!\[redacted)[^'"\\]+`, 'gi');
const NESTED_FIELDS = new RegExp(
  String.raw`(\\+"[\w-]*(?:${NAMES})\\+"\s*:\s*\\+")(?!\[redacted)(?:[^"\\]|\\[^"\\])+`,
  'gi',
);

/** Replaces what is a credential by its shape: tokens, values behind a scheme, and fields with telling names. */
export function redactShapes(text: string): string {
  if (!SUSPICIOUS.test(text)) return text;
  return text
    .replace(TOKENS, REDACTED.token)
    .replace(CREDENTIALS, (_, scheme = '', gap = '', prefix = '') => `${scheme}${gap}${prefix}${REDACTED.token}`)
    .replace(ASSIGNMENTS, `$1$2${REDACTED.field}`)
    .replace(FIELDS, `$1${REDACTED.field}`)
    .replace(QUOTED_FIELDS, `$1${REDACTED.field}`)
    .replace(NESTED_FIELDS, `$1${REDACTED.field}`);
}
