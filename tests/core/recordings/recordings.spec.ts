import { readdirSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { judgeFile } from '../../../scripts/judge-file.ts';
import { PINNED, pinnedVerdicts, verdictLine } from '../../../scripts/pin.ts';

const VERDICTS = pinnedVerdicts();

for (const [name, expected] of Object.entries(VERDICTS)) {
  test(`recording ${name} gets its right verdict, and no finding beside it`, () => {
    const { verdicts } = judgeFile(`${PINNED}/${name}.json`, { order: 'grammar', project: undefined });
    expect(verdicts.map(verdictLine)).toEqual(expected);
  });
}

test('every pinned recording has a right verdict', () => {
  const recordings = readdirSync(PINNED).filter((file) => file.endsWith('.json') && file !== 'verdicts.json');
  expect(recordings.map((file) => file.slice(0, -'.json'.length)).toSorted()).toEqual(Object.keys(VERDICTS).toSorted());
});
