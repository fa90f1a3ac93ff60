/** Replaces every secret in a text by a mark that says what stood there. */
export type Redact = (text: string) => string;

/** What stands where a secret stood. */
export const REDACTED = {
  secret: '[redacted:secret]',
  token: '[redacted:token]',
  field: '[redacted:field]',
} as const;

/** `eyJ` opens every base64url JSON object, hence every JWT; `ZXlK` is the same, encoded once more. */
const TOKEN_SHAPE = /\beyJ[\w-]{8,}(?:\.[\w-]*){0,2}|\bZXlK[\w-]{16,}={0,2}/g;
const BEARER = /\b(Bearer|Basic)(\s+|%20)(?!\[redacted)[^\s"'\\,;]+/gi;
const QUERY =
  /([?&](?:token|jwt|access_token|auth_token|ticket|auth_ticket|ticket_id|api_key|key)=)(?!\[redacted)[^&#\s"'\\]+/gi;
const JSON_FIELD =
  /(\\?"[\w-]*(?:token|secret|password|api_key|bypass_key|simulation_key|cookie)\\?"\s*:\s*\\?")(?!\[redacted)(?:[^"\\]|\\[^"])+/gi;
const SUSPICIOUS = /eyJ|ZXlK|bearer|basic|token|secret|password|key|ticket|jwt|cookie/i;

/**
 * A redactor for the configured secrets and for everything that is shaped like one. `forms` are all spellings of the
 * configured secrets: raw, base64, base64url, URL-encoded and JSON-escaped.
 */
export function createRedactor(forms: readonly string[]): Redact {
  const known = longestFirst(forms);
  return (text) => {
    const withoutKnown = known.reduce((rest, form) => rest.replaceAll(form, REDACTED.secret), text);
    return SUSPICIOUS.test(withoutKnown) ? redactShapes(withoutKnown) : withoutKnown;
  };
}

function redactShapes(text: string): string {
  return text
    .replaceAll(TOKEN_SHAPE, REDACTED.token)
    .replaceAll(BEARER, `$1$2${REDACTED.token}`)
    .replaceAll(QUERY, `$1${REDACTED.field}`)
    .replaceAll(JSON_FIELD, `$1${REDACTED.field}`);
}

/** Longest first, so that a secret that contains another leaves no remainder. */
function longestFirst(forms: readonly string[]): readonly string[] {
  return [...new Set(forms)].filter((form) => form !== '').toSorted((a, b) => b.length - a.length);
}
