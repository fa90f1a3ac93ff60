import { expect, test } from '@playwright/test';
import { DOUBTS, VIOLATIONS, isConsequence, isDoubt, isIdleDoubt, isRepetition } from '../../../src/checks/findings.ts';
import type { FindingCode } from '../../../src/checks/findings.ts';
import type { Verdict } from '../../../src/checks/verdict.ts';
import { findingsOf } from '../../../src/checks/verdict.ts';
import type { History } from '../../../src/history/entry.ts';
import { judged } from '../failures/diagnosed-history.ts';
import { HISTORIES } from '../failures/histories/index.ts';

/** What was never asked for has no entry, and a check that crashed reaches none. */
const CITE_NOTHING: readonly FindingCode[] = ['not-asked', 'check-crashed'];

/** The verdicts that a history invents, instead of a check that judges it. */
const INVENTED = 'invented';

/** What a verdict points at, whatever it says. */
function citations(verdict: Verdict): readonly (readonly number[])[] {
  const notes = verdict.notes.map(({ entries }) => entries);
  if (verdict.holds === true) return [verdict.evidence, ...notes];
  const citing = verdict.findings.filter(({ code }) => !CITE_NOTHING.includes(code));
  return [...citing.map(({ entries }) => entries), ...notes];
}

function indicesOf(history: History): readonly number[] {
  return history.map(({ index }) => index);
}

for (const [id, make] of Object.entries(HISTORIES)) {
  test(`findings: the history of ${id} is judged in words, on its own connections, and cites what shows it`, () => {
    const { history, verdicts } = judged(make);
    const checked = verdicts.filter(({ check }) => check !== INVENTED);
    for (const cited of checked.flatMap(citations)) {
      expect(cited).not.toEqual([]);
      expect(indicesOf(history)).toEqual(expect.arrayContaining([...cited]));
    }
    const connections = ['', ...history.map(({ connection }) => connection)];
    for (const finding of checked.flatMap(findingsOf)) {
      expect(connections).toContain(finding.connection);
      for (const words of [finding.because, finding.expected, finding.found]) {
        expect(words).toMatch(/\S/);
        expect(words).not.toContain('undefined');
      }
    }
  });
}

test('findings: most histories of signatures violate a check', () => {
  const makers = Object.values(HISTORIES);
  const violated = makers.filter((make) =>
    judged(make).verdicts.some(({ check, holds }) => check !== INVENTED && holds === false),
  );
  expect(violated.length).toBeGreaterThan(makers.length / 2);
});

test('findings: the row of a doubt says what it repeats, and whether there was anything to judge', () => {
  const codes = [...Object.keys(VIOLATIONS), ...Object.keys(DOUBTS), 'toString'];
  expect(codes.filter(isDoubt)).toEqual(Object.keys(DOUBTS));
  expect(codes.filter(isConsequence)).toEqual(['not-connected', 'not-welcomed', 'not-served', 'unreadable-instead']);
  expect(codes.filter(isRepetition)).toEqual([
    'not-connected',
    'not-welcomed',
    'not-served',
    'not-asked',
    'not-awaited',
    'unreadable-instead',
  ]);
  expect(codes.filter(isIdleDoubt)).toEqual(['not-connected', 'not-welcomed', 'not-asked']);
});
