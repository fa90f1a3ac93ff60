import { expect, test } from '@playwright/test';
import { createStepReporter } from '../../../src/session/step-reporter.ts';

const outcome = (kind: string) => () => [{ kind, sentence: `it ${kind}` }];

function titlesOf(): { readonly titles: string[]; readonly tell: (title: string) => Promise<void> } {
  const titles: string[] = [];
  return { titles, tell: async (title) => void titles.push(title) };
}

test('tells acts one by one, what took no time before the act that follows', async () => {
  const { titles, tell } = titlesOf();
  const narrator = createStepReporter(tell);
  await narrator.report(() => Promise.resolve(), outcome('opened'));
  narrator.note({ kind: 'asked', sentence: 'it asked' });
  await narrator.report(() => Promise.resolve(), outcome('ended'));
  expect(titles).toEqual(['it opened', 'it asked', 'it ended']);
});

test('tells many acts at once as one, counted by kind', async () => {
  const { titles, tell } = titlesOf();
  const narrator = createStepReporter(tell);
  const acts = Array.from({ length: 6 }, (_, number) => outcome(number < 4 ? 'opened' : 'refused'));
  await Promise.all(acts.map((told) => narrator.report(() => Promise.resolve(), told)));
  expect(titles).toHaveLength(1);
  expect(titles[0]).toMatch(/^Together: 4 × opened \(slowest [\d.]+ ms\), 2 × refused \(slowest [\d.]+ ms\)$/);
});

test('tells what came before an act that throws, and throws what it threw', async () => {
  const { titles, tell } = titlesOf();
  const narrator = createStepReporter(tell);
  narrator.note({ kind: 'asked', sentence: 'it asked' });
  await expect(narrator.report(() => Promise.reject(new Error('no')), outcome('ended'))).rejects.toThrow('no');
  expect(titles).toEqual(['it asked']);
});
