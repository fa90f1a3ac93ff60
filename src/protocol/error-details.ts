import type { JsonObject } from './fields.ts';
import { isJsonObject } from './fields.ts';

type Path = readonly [string, string?];

const TEXT_PATHS: readonly Path[] = [
  ['error_message'],
  ['message'],
  ['error', 'message'],
  ['error'],
  ['data', 'error_message'],
  ['data', 'message'],
  ['payload', 'error_message'],
  ['payload', 'error'],
  ['payload', 'message'],
];

const CODE_PATHS: readonly Path[] = [
  ['error_code'],
  ['code'],
  ['error', 'code'],
  ['data', 'error_code'],
  ['payload', 'error_code'],
];

export interface ErrorDetails {
  readonly errorCode: string | undefined;
  readonly errorText: string | undefined;
}

/** Code and text of an error frame, in any of its shapes (protocol notes §9.1). */
export function errorDetails(root: JsonObject): ErrorDetails {
  return { errorCode: firstText(root, CODE_PATHS), errorText: firstText(root, TEXT_PATHS) };
}

function firstText(root: JsonObject, paths: readonly Path[]): string | undefined {
  for (const [outer, inner] of paths) {
    const level = root[outer];
    const value = inner === undefined ? level : isJsonObject(level) ? level[inner] : undefined;
    if (typeof value === 'string' && value !== '') return value;
    if (typeof value === 'number') return String(value);
  }
  return undefined;
}
