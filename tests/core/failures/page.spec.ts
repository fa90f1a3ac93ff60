import { expect, test } from '@playwright/test';
import { failuresPage } from '../../../src/failures/page.ts';
import { stepText } from '../../../src/failures/next-step.ts';
import { SIGNATURES, SIGNATURE_IDS } from '../../../src/failures/signatures/index.ts';
import { WITHOUT_SIGNATURE } from '../../../src/failures/signatures/without-signature.ts';

const NINE_FAULTS = Array.from({ length: 9 }, (_, number) => `fault-${number + 1}`);

const PAGE = failuresPage({
  ownerOf: (blame) => `people of ${blame}`,
  faultsOf: (signature) => (signature === 'FM-22' ? NINE_FAULTS : signature === 'FM-23' ? ['one-fault'] : []),
});

function entryOf(id: string): string {
  const from = PAGE.indexOf(`\n### ${id}\n`);
  return PAGE.slice(from, PAGE.indexOf('\n##', from + 1));
}

test('the page of failures has one entry for every signature and every row without one', () => {
  const entries = [...PAGE.matchAll(/^### (\S+)$/gm)].map(([, id]) => id);
  expect(entries).toEqual([...SIGNATURE_IDS, ...WITHOUT_SIGNATURE.map(({ id }) => id)]);
});

test('the page of failures links to its own entries only', () => {
  const anchors = [...PAGE.matchAll(/\]\(([^)]+)\)/g)].map(([, anchor]) => anchor);
  const entries = [...PAGE.matchAll(/^### (\S+)$/gm)].map(([, id = '']) => `#${id.toLowerCase()}`);
  expect(anchors.length).toBeGreaterThan(50);
  expect(anchors.filter((anchor = '') => !entries.includes(anchor))).toEqual([]);
});

test('an entry of the page of failures holds every text of its signature', () => {
  for (const { id, title, seen, meaning, rule, phase, blame, next, candidates } of SIGNATURES) {
    const entry = entryOf(id);
    expect.soft(entry.toLowerCase(), id).toContain(`**${title.toLowerCase()}.**`);
    expect.soft(entry, id).toContain(`- Who looks: ${blame} (people of ${blame})`);
    expect.soft(entry, id).toContain(`- Phase: ${phase}\n`);
    for (const text of [seen, meaning, rule, ...next.map(stepText), ...candidates])
      expect.soft(entry, id).toContain(text);
  }
});

test('an entry of the page of failures names the faults of the twin, eight of them at most', () => {
  expect(entryOf('FM-23')).toContain('- On the twin: `one-fault`\n');
  expect(entryOf('FM-22')).toContain('`fault-7`, `fault-8` and 1 more\n');
  expect(entryOf('FM-24')).toContain('- On the twin: no fault of its own\n');
});
