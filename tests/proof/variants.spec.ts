import { expect, test } from '@playwright/test';
import { PLAYED_PROFILES } from '../../src/proof/cover.ts';
import { explained, mismatchOf } from '../../src/proof/expectations.ts';
import { journalDifferences } from '../../src/proof/journal-differences.ts';
import { playAll } from '../../src/proof/play.ts';

for (const { name, variables, breaks = [], leavesOpen = [] } of PLAYED_PROFILES) {
  test(
    `proof: ${name} is ${breaks.length === 0 ? 'legitimate and nothing is found' : 'found as broken as it was observed'}`,
    { annotation: { type: 'case', description: name } },
    async () => {
      const performances = await playAll({ profile: name, ...(variables !== undefined && { variables }) });
      expect(performances.flatMap(({ crash }) => crash ?? [])).toEqual([]);
      const { missing, unexpected } = mismatchOf(
        performances.flatMap(({ findings }) => findings),
        { mustFind: [...breaks, ...leavesOpen] },
      );
      expect({ missing, unexpected }, explained(performances, unexpected)).toEqual({ missing: [], unexpected: [] });
      const differences = performances.flatMap(({ history, journal }) => journalDifferences(history, journal));
      expect(differences, 'the history of the client equals the journal of the twin').toEqual([]);
    },
  );
}
