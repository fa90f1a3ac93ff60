import { expect, test } from '@playwright/test';
import { parseFaultExpression } from '../../../src/twin/catalogue/fault-expression.ts';
import type { Fault } from '../../../src/twin/catalogue/fault.ts';
import { startTwin } from '../../../src/twin/twin.ts';

const [ONE, OTHER] = ['one', 'other'].map((name): Fault => ({ name, does: '', hits: '', mustFind: [] }));
const FAULTS = [ONE, OTHER].filter((fault) => fault !== undefined);

const READ: readonly (readonly [string, readonly (readonly [string, number])[]])[] = [
  ['', []],
  ['  ', []],
  ['one', [['one', 1]]],
  ['one@0.1', [['one', 0.1]]],
  [
    ' one + other@0.25 ',
    [
      ['one', 1],
      ['other', 0.25],
    ],
  ],
  ['one@1', [['one', 1]]],
  ['one@0', [['one', 0]]],
];

for (const [expression, expected] of READ) {
  test(`twin fault expression: ${JSON.stringify(expression)} is read`, () => {
    const active = parseFaultExpression(expression, FAULTS);
    expect(active.map(({ fault, rate }) => [fault.name, rate])).toEqual(expected);
  });
}

const WRONG: readonly (readonly [string, readonly string[]])[] = [
  ['on', ['"on" is no fault']],
  ['one+', ['"" is no fault']],
  ['one@1.5', ['the rate in "one@1.5" is no number from 0 to 1']],
  ['one@', ['the rate in "one@" is no number from 0 to 1']],
  ['one@0.5@0.5', ['the rate in "one@0.5@0.5" is no number from 0 to 1']],
  ['neither@2+nor', ['"neither" is no fault', 'the rate in "neither@2" is no number from 0 to 1', '"nor" is no fault']],
];

for (const [expression, problems] of WRONG) {
  test(`twin fault expression: ${JSON.stringify(expression)} is refused with every problem and the valid names`, () => {
    const message = [
      `Twin fault: expected names joined by "+", each optionally with a rate such as "@0.1", got "${expression}":`,
      ...problems.map((problem) => `  - ${problem}`),
      'Valid names: one, other.',
    ].join('\n');
    expect(() => parseFaultExpression(expression, FAULTS)).toThrow(message);
  });
}

test('twin fault expression: a twin does not start with an unknown fault or profile', async () => {
  await expect(startTwin({ fault: 'drop-everything' })).rejects.toThrow(
    /"drop-everything" is no fault[^]*drop-agent-thinking/,
  );
  await expect(startTwin({ profile: 'gamma' })).rejects.toThrow(/expected one of beta-9, .*, got "gamma"/);
});

test('twin fault expression: a rate may be a share of users', () => {
  const [active] = parseFaultExpression('one@0.25/user', FAULTS);
  expect(active).toMatchObject({ rate: 0.25, per: 'user' });
});
