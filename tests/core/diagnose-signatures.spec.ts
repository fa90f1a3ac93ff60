import { expect, test } from '@playwright/test';
import type { SignatureId } from '../../src/report/signatures/ids.ts';
import { SIGNATURE_IDS } from '../../src/report/signatures/ids.ts';
import { SIGNATURES } from '../../src/report/signatures/index.ts';
import { diagnosisOf } from './diagnose-story.ts';
import type { Story } from './diagnose-story.ts';
import { CONNECTING } from './diagnose-stories-connecting.ts';
import { OTHERS } from './diagnose-stories-identity.ts';
import { RUNNING } from './diagnose-stories-runs.ts';
import { USING } from './diagnose-stories-use.ts';
import { WELCOMING } from './diagnose-stories-welcome.ts';

const STORIES: Partial<Readonly<Record<SignatureId, Story>>> = {
  ...CONNECTING,
  ...WELCOMING,
  ...USING,
  ...RUNNING,
  ...OTHERS,
};

for (const { id, title, specificity, blame } of SIGNATURES) {
  test(`diagnosis ${id}: ${title}`, () => {
    const story = STORIES[id];
    const diagnosis = story === undefined ? undefined : diagnosisOf(story);
    const recognised = [diagnosis?.signature, ...(specificity === 'family' ? (diagnosis?.alternatives ?? []) : [])];
    expect(recognised, 'its story is recognised').toContain(id);
    const expected = diagnosis?.signature === id ? blame : diagnosis?.blame;
    expect(diagnosis?.blame).toBe(expected);
    expect(diagnosis?.measured.length).toBeGreaterThan(0);
  });
}

test('every signature id has one signature', () => {
  expect(new Set(SIGNATURES.map(({ id }) => id))).toEqual(new Set(SIGNATURE_IDS));
  expect(SIGNATURES).toHaveLength(SIGNATURE_IDS.length);
});
