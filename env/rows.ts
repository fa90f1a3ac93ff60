import { z } from 'zod';

/** What the table of variables says about one variable besides its kind. */
export interface About {
  /** One sentence for a person who fills in an env file. */
  readonly about: string;
  /** A secret is never shown, never read from the committed env file, and handed to the redactor. */
  readonly secret?: true;
  /** Only the committed env file may set it, where a reviewer sees it. */
  readonly envFileOnly?: true;
  /** Means something with the twin only; with a remote target it is a problem. */
  readonly twinOnly?: true;
}

/** What the variables of a table hold once they have been read. */
export type ValuesOf<Rows extends z.ZodRawShape> = z.output<z.ZodObject<Rows>>;

/** Where the `About` of every row is kept. */
export const ABOUT = z.registry<About & { readonly default?: string }>();

/** A row whose variable may stay unset. */
export function optional<Kind extends z.ZodType<unknown, string>>(kind: Kind, about: About) {
  const row = kind.optional();
  ABOUT.add(row, about);
  return row;
}

/** A row whose variable has a default, written as it would be in an env file. */
export function withDefault<Kind extends z.ZodType<unknown, string>>(kind: Kind, value: string, about: About) {
  const row = z.string().default(value).pipe(kind);
  ABOUT.add(row, { ...about, default: value });
  return row;
}

/*
 * The kinds of values that a variable can have. Every kind reads the text of an environment variable; the message of a
 * kind completes the sentence "expected …".
 */

/** A whole number between `least` and `most`, both included. */
export function wholeNumber(least: number, most: number) {
  const expected = `a whole number from ${least} to ${most}, in digits`;
  return z
    .string()
    .regex(/^\d+$/, expected)
    .transform(Number)
    .refine((value) => value >= least && value <= most, expected);
}

/** A duration in milliseconds, from 1 to one day. */
export function duration() {
  return wholeNumber(1, 86_400_000);
}

/** One word of a closed list. */
export function oneOf<const Words extends readonly [string, ...string[]]>(words: Words) {
  return z.enum(words, `one of ${words.join(', ')}`);
}

/** A comma list of words of a closed list. */
export function listOf<const Words extends readonly [string, ...string[]]>(words: Words) {
  const expected = `a comma list of ${words.join(', ')}`;
  const word = z.enum(words, expected);
  return z.string().transform(splitAtCommas).pipe(z.array(word).min(1, expected).readonly());
}

/** Any text that is not empty. */
export function text() {
  return z.string();
}

/** A secret of at least `least` characters. */
export function secretText(least: number) {
  return z.string().min(least, `a secret of at least ${least} characters`);
}

/** A secret that travels in an HTTP header: printable ASCII only (RFC 9110 §5.5). */
export function headerSecret(least: number) {
  return secretText(least).regex(
    /^[\x20-\x7e]+$/,
    'a secret of printable ASCII characters, because it travels in a header',
  );
}

/** A comma list; blanks around the commas and empty places are dropped. */
export function commaList() {
  return z
    .string()
    .transform((value): readonly string[] => splitAtCommas(value))
    .refine((parts) => parts.length > 0, 'a comma list of at least one value');
}

/** The absolute URL of a service, to which paths are added: without query, and read without the slashes at its end. */
export function address() {
  return urlOf(['https', 'http'], 'without user name, password, query or fragment')
    .refine((value) => !value.includes('?'), 'an address without a query, because paths are added to it')
    .transform((value) => value.replace(/\/+$/, ''));
}

/** The absolute URL of a WebSocket, which is used as it is written (RFC 6455 §3: it has no fragment). */
export function websocketAddress() {
  return urlOf(['wss', 'ws'], 'without user name, password or fragment');
}

function urlOf(schemes: readonly string[], without: string) {
  const expected = `an absolute URL that begins with ${schemes.map((scheme) => `${scheme}://`).join(' or ')}, ${without}`;
  return z.string().refine((value) => isAddress(value, schemes), expected);
}

/** The word `twin`, or the address of a remote backend. */
export function backend() {
  const remote = address();
  return z.union([z.literal('twin'), remote], 'the word twin, or an absolute URL that begins with https://');
}

/** The parts of a comma list, trimmed, without the empty ones. */
export function splitAtCommas(value: string): readonly string[] {
  return value
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

function isAddress(value: string, schemes: readonly string[]): boolean {
  // What the URL parser drops or turns round in silence: blanks, control characters and backslashes.
  if (!URL.canParse(value) || /[\s\\#\p{Cc}]/u.test(value)) return false;
  const url = new URL(value);
  const schemeFits = schemes.some((scheme) => url.protocol === `${scheme}:`);
  return schemeFits && value.includes('://') && url.hostname !== '' && url.username === '' && url.password === '';
}
