import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { welcome } from '../../../src/checks/index.ts';
import { FAILURES_FILE } from '../../../src/failures/diagnosis.ts';
import { diagnosisMarkdown } from '../../../src/report/diagnosis-markdown.ts';
import { explain } from '../../../src/report/explain.ts';
import { SIGNATURE_IDS, SIGNATURES } from '../../../src/failures/signatures/index.ts';
import { WITHOUT_SIGNATURE } from '../../../src/failures/signatures/without-signature.ts';
import { FAULTS } from '../../../src/twin/catalogue/faults/index.ts';
import { NIGHTLY_FAULTS } from '../../../src/twin/catalogue/faults/nightly.ts';
import { BUDGETS } from '../histories/budgets.ts';
import { closesEarly, diagnosisOf } from './story.ts';
import { fakeHistory } from '../histories/fake-history.ts';

const DOCUMENT = readFileSync(FAILURES_FILE, 'utf8');
const LAST_ROW = 82;
const ALL_FAULTS = [...FAULTS, ...NIGHTLY_FAULTS];

test('docs/failures.md has an entry for every signature, and no other entries', () => {
  const entries = [...DOCUMENT.matchAll(/^### (\S+)$/gm)].map(([, id]) => id);
  const ids = [...SIGNATURE_IDS, ...WITHOUT_SIGNATURE.map(({ id }) => id)];
  expect(new Set(entries)).toEqual(new Set(ids));
  expect(entries).toHaveLength(ids.length);
});

test('docs/failures.md links to entries that exist and names faults that exist', () => {
  const anchors = [...DOCUMENT.matchAll(/\]\(#([^)]+)\)/g)].map(([, anchor]) => anchor);
  const ids = [...SIGNATURE_IDS, ...WITHOUT_SIGNATURE.map(({ id }) => id)].map((id) => id.toLowerCase());
  expect(anchors.filter((anchor = '') => !ids.includes(anchor))).toEqual([]);
  const named = [...DOCUMENT.matchAll(/^- On the twin: (.*)$/gm)].flatMap(
    ([, line = '']) => line.match(/[a-z0-9-]+(?=`)/g) ?? [],
  );
  const faults = ALL_FAULTS.map(({ name }) => name);
  expect(named.filter((name) => !faults.includes(name))).toEqual([]);
});

test('every fault that breaks something expects a diagnosis that exists', () => {
  const ids: readonly (string | undefined)[] = SIGNATURE_IDS;
  const wrong = ALL_FAULTS.filter(({ mustFind, diagnosis }) => mustFind.length > 0 && !ids.includes(diagnosis));
  expect(wrong.map(({ name, diagnosis }) => `${name}: ${diagnosis}`)).toEqual([]);
});

test('docs/failures.md says of every signature whose it is and what it is called', () => {
  for (const { id, title, blame } of SIGNATURES) {
    const from = DOCUMENT.indexOf(`\n### ${id}\n`);
    const entry = DOCUMENT.slice(from, DOCUMENT.indexOf('\n##', from + 1));
    expect.soft(entry.toLowerCase(), id).toContain(`**${title.toLowerCase()}.**`);
    expect.soft(entry, id).toContain(`- Who looks: ${blame} `);
  }
});

test('every row of the failure notes is a signature, or said to have none', () => {
  const rows = Array.from({ length: LAST_ROW }, (_, row) => `FM-${String(row + 1).padStart(2, '0')}`);
  const known: readonly string[] = [...SIGNATURE_IDS, ...WITHOUT_SIGNATURE.map(({ id }) => id)];
  expect(rows.filter((row) => !known.includes(row))).toEqual([]);
});

test('a failure text tells the diagnosis and what to look at next right after its first finding', () => {
  const told = fakeHistory();
  closesEarly(told, 1011, 'Internal error');
  const verdict = welcome(BUDGETS)(told.history);
  const text = explain(
    [verdict, verdict],
    'transcript',
    diagnosisOf((again) => closesEarly(again, 1011, 'Internal error')),
  );
  const [finding = '', closing = '', second = ''] = text.split('\n\n');
  expect(second).toBe(finding);
  expect(finding).toMatch(/^Violated: welcome \[closed-before-welcome\]/);
  expect(closing).toMatch(
    /^ {2}Diagnosis FM-22: accepted, then closed with 1011 before the welcome \(phase welcome, blame product\)\n {2}Next {6}/,
  );
  expect(closing).toContain('docs/failures.md#fm-22; could also be ');
});

test('a diagnosis as Markdown links to its explanation and lets nothing of the wire become markup', () => {
  const diagnosis = diagnosisOf((told) => closesEarly(told, 1011, '<b>*Internal* [error](x)</b>'));
  if (diagnosis === undefined) throw new Error('Expected a diagnosis of a close before the welcome, got none.');
  const text = diagnosisMarkdown(diagnosis, 'https://example.org/failures.md');
  expect(text).toContain('### [FM-22](https://example.org/failures.md#fm-22): accepted');
  expect(text).toContain(String.raw`\<b\>\*Internal\* \[error\](x)\</b\>`);
  expect(text).toContain('**Candidate causes** (none of them is proven)');
});
