import type { JsonObject } from './fields.ts';
import { isJsonObject } from './fields.ts';

const FAILED =
  /^(?:fail|err|abort|cancel|time.?d?.?out|dead|died|reject|crash|exception|interrupt|unsuccessful)|[\W_](?:failed|failure|errors?)$/i;

/** Whether the value of such a field says that the run failed. */
const SIGNS: ReadonlyMap<string, (value: unknown) => boolean> = new Map([
  ...['status', 'state', 'outcome', 'supervisor_result'].map((name) => [name, isFailedStatus] as const),
  ...['success', 'successful', 'succeeded', 'ok', 'orchestration_successful'].map((name) => [name, isFalse] as const),
  ...['is_error', 'isError', 'has_error', 'failed'].map((name) => [name, isTrue] as const),
]);

const ERRORS: ReadonlySet<string> = new Set([
  'error_message',
  'error',
  'errorMessage',
  'errors',
  'exception',
  'failure_reason',
  'error_code',
]);
const EXPLANATIONS = ['reason', 'detail', 'details', 'message'];
const NO_ERROR = /^(?:none|null|false|no|0)?$/i;

const MOST_CHARACTERS = 200;

/**
 * What a completion says of a failure, quoted: its status, its flags, its error (protocol notes §8.1 *b*, *e*, *f*, *h*).
 * `undefined` when it says nothing of the kind. The name of an event is no success. `levels` include the metadata; the outcome
 * may stand inside of the result too (`payload.result.status`).
 */
export function failureOf(levels: readonly JsonObject[]): string | undefined {
  const said: string[] = [];
  for (const level of levels) {
    collectSigns(level, said);
    for (const result of [level['result'], level['results']]) if (isJsonObject(result)) collectSigns(result, said);
  }
  if (said.length === 0) return undefined;
  const explained = said.some((sign) => sign.endsWith('"') && !sign.startsWith('status'));
  return [...new Set([...said, ...(explained ? [] : explanationIn(levels))])].join(', ');
}

function collectSigns(level: JsonObject, said: string[]): void {
  for (const name of Object.keys(level)) {
    const value = level[name];
    if (SIGNS.get(name)?.(value) === true) said.push(`${name} ${JSON.stringify(value)}`);
    if (!ERRORS.has(name)) continue;
    const text = value === true ? 'true' : textOf(value);
    if (text !== undefined) said.push(`${name} ${JSON.stringify(text.slice(0, MOST_CHARACTERS))}`);
  }
}

function isFailedStatus(value: unknown): boolean {
  return typeof value === 'string' && FAILED.test(value);
}

function isFalse(value: unknown): boolean {
  return value === false || value === 'false';
}

function isTrue(value: unknown): boolean {
  return value === true || value === 'true';
}

function explanationIn(levels: readonly JsonObject[]): readonly string[] {
  for (const name of EXPLANATIONS) {
    for (const level of levels) {
      const text = textOf(level[name]);
      if (text !== undefined) return [`${name} ${JSON.stringify(text.slice(0, MOST_CHARACTERS))}`];
    }
  }
  return [];
}

function textOf(value: unknown): string | undefined {
  if (typeof value === 'number') return value === 0 ? undefined : String(value);
  if (typeof value === 'string') return NO_ERROR.test(value.trim()) ? undefined : value;
  if (Array.isArray(value)) return value.map(textOf).find((text) => text !== undefined);
  if (!isJsonObject(value)) return undefined;
  return (
    textOf(value['message']) ??
    textOf(value['code']) ??
    (Object.keys(value).length > 0 ? JSON.stringify(value) : undefined)
  );
}
