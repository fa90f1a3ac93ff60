import { relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import type { TestError } from '@playwright/test/reporter';

/** The text of an error without colours and without the word `Error:` in front. */
export function plainText({ message, value }: TestError): string {
  return stripVTControlCharacters(message ?? value ?? 'an error without a message').replace(/^Error: /, '');
}

/** The same, with the place in the source that a syntax error or a crash points to. */
export function plainTextWithPlace(error: TestError): string {
  const { snippet, location } = error;
  const place =
    location === undefined ? [] : [`  at ${relative('', location.file)}:${location.line}:${location.column}`];
  const lines = snippet === undefined ? [] : [stripVTControlCharacters(snippet)];
  return [plainText(error), ...place, ...lines].join('\n');
}
