import { expect, test } from '@playwright/test';
import type { History } from '../../src/history/entry.ts';
import { journalDifferences } from '../../src/proof/journal-differences.ts';
import { runScenario } from '../../src/proof/run-scenario.ts';

const DOCTORED: Readonly<Record<string, (history: History) => History>> = {
  'a received message is missing': (history) => history.filter((entry) => entry !== history.find(isEvent)),
  'a received message is made up': (history) => history.flatMap((entry) => (isEvent(entry) ? [entry, entry] : [entry])),
  'two received messages are swapped': (history) => {
    const [first, second] = history.filter(isEvent);
    return history.map((entry) => (entry === first ? (second ?? entry) : entry === second ? (first ?? entry) : entry));
  },
  'a sent message is missing': (history) =>
    history.filter((entry) => entry !== history.find(({ kind }) => kind === 'sent')),
  'a pong frame is missing': (history) =>
    history.filter((entry) => !(entry.kind === 'control' && entry.direction === 'received' && entry.opcode === 'pong')),
  'another close code is recorded': (history) =>
    history.map((entry) => (entry.kind === 'closed' ? { ...entry, code: 1011 } : entry)),
};

function isEvent(entry: History[number]): boolean {
  return entry.kind === 'received' && entry.message.event !== undefined;
}

test('proof of the recorder: a history that differs from the journal is seen to differ', async () => {
  const { history, journal } = await runScenario('conversation', {});
  expect(journalDifferences(history, journal)).toEqual([]);
  const unnoticed = Object.entries(DOCTORED).filter(
    ([, doctor]) => journalDifferences(doctor(history), journal).length === 0,
  );
  expect(unnoticed.map(([what]) => what)).toEqual([]);
});
