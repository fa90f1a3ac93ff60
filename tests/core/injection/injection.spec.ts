import { expect, test } from '@playwright/test';
import { PAYLOADS } from './hostile-history.ts';
import type { Format, Place } from './places.ts';
import { placesWith } from './places.ts';

/** Control and formatting characters, lone surrogates, exotic line breaks. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;
const NUMBER = /^-?[\d.]+$/;

/** What is dangerous in a text that is read in one way; empty when nothing is. */
const DANGERS: Readonly<Record<Format, (text: string) => readonly string[]>> = {
  lines: (text) =>
    text
      .split('\n')
      .flatMap((line) => [
        ...(INVISIBLE.test(line.replaceAll('\t', '')) ? [`what cannot be seen: ${JSON.stringify(line)}`] : []),
        ...(line.trimStart().startsWith('::') || line.includes('##[') ? [`a workflow command: ${line}`] : []),
      ]),
  'one line': (text) => (INVISIBLE.test(text) || text.includes('##[') ? [JSON.stringify(text)] : []),
  html: (text) => [
    ...(text.match(/<(?:script|img|svg|a)\b|<\/(?:title|textarea)>(?=&)/g) ?? []),
    ...(INVISIBLE.test(text.replaceAll(/[\n\t]/g, '')) ? ['what cannot be seen'] : []),
  ],
  markdown: (text) => {
    const outsideFences = text.replaceAll(/```text\n[^]*?\n```/g, '');
    return [
      ...(outsideFences.match(/(?<!\\)\]\(https:\/\/owned|(?<!\\)<\w+|^# owned|(?<!\\)```/gm) ?? []),
      ...DANGERS.lines(text),
    ];
  },
  csv: (text) => {
    const cells = text.split('\r\n').flatMap((row) => row.match(/"(?:[^"]|"")*"|[^,"]+/g) ?? []);
    return cells
      .map((cell) => cell.replace(/^"/, ''))
      .filter((cell) => /^[=+\-@\t\r]/.test(cell) && !NUMBER.test(cell));
  },
  json: (text) => {
    JSON.parse(text);
    return [];
  },
  'file name': (text) => (/^[\w-]+(?:\.[\w-]+)*$/.test(text) ? [] : [text]),
};

/** `place: what is dangerous in it`, for each place that does not escape. */
function dangersIn(places: readonly Place[]): readonly string[] {
  return places.flatMap(({ name, format, text }) => DANGERS[format](text).map((danger) => `${name}: ${danger}`));
}

for (const [what, payload] of Object.entries(PAYLOADS)) {
  test(`injection: ${what} is shown and never obeyed, wherever it comes out`, async () => {
    expect(dangersIn(await placesWith(payload))).toEqual([]);
  });
}
