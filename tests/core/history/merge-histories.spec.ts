import { expect, test } from '@playwright/test';
import type { Fact, History } from '../../../src/history/entry.ts';
import { mergeHistories } from '../../../src/history/merge-histories.ts';

function historyOf(connection: string, facts: readonly (readonly [number, Fact])[]): History {
  return facts.map(([atMs, fact], index) => ({ index, atMs, connection, ...fact }));
}

test('merged histories are in order of time, and what refers to an entry is renumbered with it', () => {
  const one = historyOf('c1', [
    [5, { kind: 'opened', subprotocol: '', localPort: 1 }],
    [9, { kind: 'deadline', limit: 'total', waitingFor: 'welcome', afterMs: 4, lastSeen: 0 }],
  ]);
  const other = historyOf('c2', [[7, { kind: 'opened', subprotocol: '', localPort: 2 }]]);
  const { entries, renumbered } = mergeHistories([one, other], 10);
  expect(entries.map(({ index, connection, kind }) => [index, connection, kind])).toEqual([
    [10, 'c1', 'opened'],
    [11, 'c2', 'opened'],
    [12, 'c1', 'deadline'],
  ]);
  expect(entries[2]).toMatchObject({ lastSeen: 10 });
  expect([renumbered(0, 1), renumbered(1, 0), renumbered(1, 1)]).toEqual([12, 11, undefined]);
});
