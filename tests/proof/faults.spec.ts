import { expect, test } from '@playwright/test';
import { COMBINATIONS, alone } from '../../scripts/proof/combinations.ts';
import { PLAYED_FAULTS } from './cover.ts';
import { explained, mismatchOf } from './expectations.ts';
import { journalDifferences } from './journal-differences.ts';
import { playAll } from './play.ts';

for (const fault of [...PLAYED_FAULTS.map(alone), ...COMBINATIONS]) {
  const { name, parts, provokes, tokens } = fault;
  test(
    `proof: ${name} provokes exactly ${provokes.map(({ code }) => code).join(', ') || 'nothing'}`,
    { annotation: { type: 'case', description: name } },
    async () => {
      const performances = await playAll({ fault: name, ...(tokens !== undefined && { tokens }) });
      expect(performances.flatMap(({ crash }) => crash ?? [])).toEqual([]);
      const idle = parts.filter((part) => performances.every(({ journal }) => journal.fired(part) === 0));
      expect(idle, 'faults that never fired').toEqual([]);
      const { missing, unexpected } = mismatchOf(
        performances.flatMap(({ findings }) => findings),
        fault,
      );
      expect({ missing, unexpected }, explained(performances, unexpected)).toEqual({ missing: [], unexpected: [] });
      const differences = performances.flatMap(({ history, journal }) => journalDifferences(history, journal));
      expect(differences, 'the history of the client equals the journal of the twin').toEqual([]);
    },
  );
}
