import { expect, test } from '@playwright/test';
import { PLAYED_PROFILES } from './cover.ts';
import { explained, mismatchOf } from './expectations.ts';
import { journalDifferences } from './journal-differences.ts';
import { playAll } from './play.ts';

for (const { name, variables, leavesOpen = [] } of PLAYED_PROFILES) {
  test(
    `proof: ${name} is legitimate and provokes nothing`,
    { annotation: { type: 'case', description: name } },
    async () => {
      const performances = await playAll({ profile: name, ...(variables !== undefined && { variables }) });
      expect(performances.flatMap(({ crash }) => crash ?? [])).toEqual([]);
      const { missing, unexpected } = mismatchOf(
        performances.flatMap(({ findings }) => findings),
        { provokes: leavesOpen },
      );
      expect({ missing, unexpected }, explained(performances, unexpected)).toEqual({ missing: [], unexpected: [] });
      const differences = performances.flatMap(({ history, journal }) => journalDifferences(history, journal));
      expect(differences, 'the history of the client equals the journal of the twin').toEqual([]);
    },
  );
}
