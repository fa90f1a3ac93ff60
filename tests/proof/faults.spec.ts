import { expect, test } from '@playwright/test';
import { COMBINATIONS, alone } from '../../src/proof/matrix/combinations.ts';
import { PLAYED_FAULTS } from '../../src/proof/cover.ts';
import { explained, mismatchOf } from '../../src/proof/expectations.ts';
import { journalDifferences } from '../../src/proof/journal-differences.ts';
import { playAll } from '../../src/proof/play.ts';

for (const fault of [...PLAYED_FAULTS.map(alone), ...COMBINATIONS]) {
  const { name, parts, mustFind, tokens } = fault;
  test(
    `proof: ${name} is found as exactly ${mustFind.map(({ code }) => code).join(', ') || 'nothing'}`,
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
