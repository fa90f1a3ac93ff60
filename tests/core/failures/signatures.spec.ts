import { expect, test } from '@playwright/test';
import type { SignatureId } from '../../../src/failures/signatures/index.ts';
import { SIGNATURE_IDS, SIGNATURES } from '../../../src/failures/signatures/index.ts';
import { diagnosisOf } from './story.ts';
import type { Story } from './story.ts';
import { CONNECTING } from './stories-connecting.ts';
import { OTHERS } from './stories-identity.ts';
import { RUNNING } from './stories-runs.ts';
import { USING } from './stories-use.ts';
import { WELCOMING } from './stories-welcome.ts';

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
