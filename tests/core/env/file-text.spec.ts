import { expect, test } from '@playwright/test';
import { fileProblems } from '../../../env/file-text.ts';

const VALUE = 'hush-hush-hush';

const PROBLEMS: Readonly<Record<string, readonly [string, string]>> = {
  'an unquoted # in a value': [
    `A=${VALUE}#${VALUE}`,
    'A: expected the whole value, found an unquoted # after 14 of its 29 characters, where the value would be cut. Put the value in quotes.',
  ],
  'a quote that is not closed': [
    `A="${VALUE}`,
    'A: expected " at the end of the line too, found it at the beginning only. Close the quote.',
  ],
  'a quote that is not opened': [
    `A=${VALUE}'`,
    "A: expected ' at the beginning too, found it at the end only. Quote the whole value, or remove the mark.",
  ],
  'text after a closed quote': [
    `A="${VALUE}"${VALUE}`,
    'A: expected nothing but a comment after the closing ", found 14 characters. Quote the whole value with another mark.',
  ],
  'a line without an equals sign': [
    `A ${VALUE}`,
    'expected NAME=value or a comment, found 16 other characters. Correct the line.',
  ],
  'a colon in place of an equals sign': [
    `A: ${VALUE}`,
    'expected NAME=value or a comment, found 17 other characters. Correct the line.',
  ],
};

for (const [what, [line, problem]] of Object.entries(PROBLEMS)) {
  test(`settings files: ${what} is a problem that does not show the value`, () => {
    expect(fileProblems('env/x.env', `# a comment\n${line}\n`)).toEqual([`env/x.env, line 2: ${problem}`]);
    expect(problem).not.toContain(VALUE);
  });
}

test('settings files: a name that stands twice is a problem', () => {
  expect(fileProblems('env/x.env', 'A=1\r\nB=2\r\nexport A=1\r\n')).toEqual([
    'env/x.env, line 3: A stands in line 1 already. Remove one of the two.',
  ]);
});

for (const line of [
  '',
  '  # only a comment',
  'A=',
  'A=b # a comment',
  'A="b#c" # a comment',
  "A='b\"c'",
  'export A = b',
  'A=#b',
  'A=it"s',
]) {
  test(`settings files: the line ‹${line}› is in order`, () => {
    expect(fileProblems('env/x.env', `\uFEFF${line}`)).toEqual([]);
  });
}
