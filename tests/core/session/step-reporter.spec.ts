import { expect, test } from '@playwright/test';
import { createStepReporter } from '../../../src/session/step-reporter.ts';

const summary = (kind: string) => () => [{ kind, sentence: `it ${kind}` }];

function titlesOf(): { readonly titles: string[]; readonly addStep: (title: string) => Promise<void> } {
  const titles: string[] = [];
  return { titles, addStep: async (title) => void titles.push(title) };
}

test('step reporter: reports acts one by one, and what took no time before the act that follows', async () => {
  const { titles, addStep } = titlesOf();
  const reporter = createStepReporter(addStep);
  await reporter.report(() => Promise.resolve(), summary('opened'));
  reporter.note({ kind: 'asked', sentence: 'it asked' });
  await reporter.report(() => Promise.resolve(), summary('ended'));
  expect(titles).toEqual(['it opened', 'it asked', 'it ended']);
});

test('step reporter: reports many acts at once as one step that counts them by kind', async () => {
  const { titles, addStep } = titlesOf();
  const reporter = createStepReporter(addStep);
  const acts = Array.from({ length: 6 }, (_, number) => summary(number < 4 ? 'opened' : 'refused'));
  await Promise.all(acts.map((summaries) => reporter.report(() => Promise.resolve(), summaries)));
  expect(titles).toHaveLength(1);
  expect(titles[0]).toMatch(/^Together: 4 × opened \(slowest [\d.]+ ms\), 2 × refused \(slowest [\d.]+ ms\)$/);
});

test('step reporter: reports what came before an act that throws, and throws the same error', async () => {
  const { titles, addStep } = titlesOf();
  const reporter = createStepReporter(addStep);
  reporter.note({ kind: 'asked', sentence: 'it asked' });
  await expect(reporter.report(() => Promise.reject(new Error('no')), summary('ended'))).rejects.toThrow('no');
  expect(titles).toEqual(['it asked']);
});
