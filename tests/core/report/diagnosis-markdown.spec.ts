import { expect, test } from '@playwright/test';
import { diagnosisMarkdown } from '../../../src/report/diagnosis-markdown.ts';
import { closesEarly, diagnosisOf } from '../failures/diagnosed-history.ts';

test('a diagnosis as Markdown links to its explanation, and text of the wire does not become markup', () => {
  const diagnosis = diagnosisOf((fake) => closesEarly(fake, 1011, '<b>*Internal* [error](x)</b>'));
  if (diagnosis === undefined) throw new Error('Expected a diagnosis of a close before the welcome, got none.');
  const text = diagnosisMarkdown(diagnosis, 'https://example.org/failures.md');
  expect(text).toContain('### [FM-22](https://example.org/failures.md#fm-22): accepted');
  expect(text).toContain(String.raw`\<b\>\*Internal\* \[error\](x)\</b\>`);
  expect(text).toContain('**Candidate causes** (none of them is proven)');
});
