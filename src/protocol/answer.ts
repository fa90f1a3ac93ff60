import type { JsonObject } from './fields.ts';
import { isJsonObject } from './fields.ts';

/** Fields that hold an answer and nothing else, the preferred one first (protocol notes §8.2). */
const ANSWERS = ['final_response', 'result', 'results', 'response', 'answer', 'output'];

/** Fields that hold an answer where there is no other: a text of the agent, or a line about its status. */
const TEXTS = ['content', 'summary', 'message'];

/** What an answer is called inside of an object that holds it (protocol notes §8.2, observed on beta-9). */
const INSIDE = ['final_response', 'answer', 'response', 'content', 'text', 'output', 'result', 'message', 'summary'];

/** Fields of such an object that say nothing to a person. */
const BOOKKEEPING = /^(?:status|success|type|.*_id|.*_ms|timestamp)$/;

/** Texts that stand for nothing, as a careless conversion leaves them. */
const NOTHING = /^(?:none|null|undefined|nan|\[object object\]|\{\}|\[\])?$/i;

const INVISIBLE = /[\s\u200B-\u200D\u2060\uFEFF]/g;

const DEEPEST = 4;

/**
 * The answer of an agent: `payload.final_response`, `payload.result.final_response`, `payload.results.answer`,
 * `data.metadata.final_response`, and so on (protocol notes §8.2). Empty when the place of the answer holds nothing that a
 * person could see; `undefined` when there is no such place. `levels` include the metadata. A `message` beside a `status` is a line about the status.
 */
export function answerOf(levels: readonly JsonObject[]): string | undefined {
  const answer = firstSaid(levels, ANSWERS);
  if (answer === undefined) return firstSaid(levels, TEXTS);
  return answer === '' ? (firstSaid(levels, ['content']) ?? '') : answer;
}

/** The first text under one of the names that says something; else an empty one, if there is any text. */
function firstSaid(levels: readonly JsonObject[], names: readonly string[]): string | undefined {
  let first: string | undefined;
  for (const name of names) {
    for (const level of levels) {
      const said = isStatusLine(level, name) ? undefined : saidIn(level[name]);
      if (said !== undefined && said !== '') return said;
      first ??= said;
    }
  }
  return first;
}

function isStatusLine(level: JsonObject, name: string): boolean {
  return name === 'message' && level['status'] !== undefined;
}

/** What a value says to a person; `undefined` when there is no value, which includes null. */
function saidIn(value: unknown, depth = 0): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string') return NOTHING.test(value.replaceAll(INVISIBLE, '')) ? '' : value;
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'object' || depth === DEEPEST) return '';
  if (Array.isArray(value)) return value.map((item) => saidIn(item, depth + 1) ?? '').find((said) => said !== '') ?? '';
  return isJsonObject(value) ? saidInObject(value, depth + 1) : '';
}

function saidInObject(value: JsonObject, depth: number): string {
  const known = INSIDE.filter((name) => Object.hasOwn(value, name));
  if (known.length > 0) return known.map((name) => saidIn(value[name], depth) ?? '').find((said) => said !== '') ?? '';
  const telling = Object.entries(value).filter(([name]) => !BOOKKEEPING.test(name));
  const saysSomething = telling.some(([, inner]) => (saidIn(inner, depth) ?? '') !== '');
  return saysSomething ? JSON.stringify(value) : '';
}
