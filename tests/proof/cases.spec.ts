import { expect, test } from '@playwright/test';
import type { Case } from '../../src/proof/cases.ts';
import { casesToPlay } from '../../src/proof/cases.ts';
import { NO_DIFFERENCES, compare, nameOfFinding } from '../../src/proof/compare.ts';
import { journalDifferences } from '../../src/proof/journal-differences.ts';
import { CASE_ANNOTATION } from '../../src/proof/reporter.ts';
import { runAllScenarios } from '../../src/proof/run-scenario.ts';

for (const each of casesToPlay()) {
  test(
    `proof: ${each.name} ${expectation(each)}`,
    { annotation: { type: CASE_ANNOTATION, description: each.name } },
    async () => {
      const results = await runAllScenarios(each.override);
      expect(results.flatMap(({ crash }) => crash ?? [])).toEqual([]);
      const unfired = each.faults.filter((fault) => results.every(({ journal }) => journal.fired(fault) === 0));
      expect(unfired, 'faults that never fired').toEqual([]);
      const findings = results.flatMap(({ scenario, findings }) => findings.map((found) => ({ ...found, scenario })));
      const differences = compare(findings, each);
      const sentences = findings
        .filter((found) => differences.unexpected.includes(nameOfFinding(found)))
        .map((found) => `${nameOfFinding(found)}, in ${found.scenario}: ${found.because}`);
      expect(differences, [...new Set(sentences)].join('\n')).toEqual(NO_DIFFERENCES);
      const unlike = results.flatMap(({ history, journal }) => journalDifferences(history, journal));
      expect(unlike, 'the history of the client equals the journal of the twin').toEqual([]);
    },
  );
}

/** What the case must come to, for the title. */
function expectation({ kind, mustFind }: Case): string {
  const codes = [...new Set(mustFind.map(({ code }) => code))].join(', ');
  if (kind === 'fault') return `is found as exactly ${codes}`;
  return codes === '' ? 'is legitimate and raises no finding' : `is legitimate and leaves open only ${codes}`;
}
