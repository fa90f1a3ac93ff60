import { expect, test } from '@playwright/test';
import type { Check, Verdict } from '../../../src/checks/verdict.ts';
import type { FakeConnection, FakeHistory } from '../histories/fake-history.ts';
import { fakeHistory } from '../histories/fake-history.ts';

/** A history made by hand, and what a check must say of it. */
export type JudgedCase = {
  /** Records the entries of the history. */
  readonly history: (fake: FakeHistory) => unknown;
} & (
  | {
      /** What the history holds, as a noun: `a second welcome`. */
      readonly title: string;
      /** `holds`, or the codes of all findings in order; `unknown: ` stands before doubts. */
      readonly gives: string;
    }
  | {
      /** What the case shows, as a sentence: `a late welcome is reported with the upgrade`. */
      readonly title: string;
      /** The parts of the verdict that count, such as `findings`, `evidence` or `notes`. */
      readonly verdict: Readonly<Record<string, unknown>>;
    }
);

/** Declares one test per case: the check, on the history of the case, says what the case expects. */
export function judgesTo(name: string, check: Check, cases: readonly JudgedCase[]): void {
  for (const each of cases) {
    const title = 'gives' in each ? sentence(each.title, each.gives) : each.title;
    test(`${name}: ${title}`, () => {
      const fake = fakeHistory();
      each.history(fake);
      const verdict = check(fake.history);
      const expected = 'gives' in each ? { gives: each.gives } : each.verdict;
      expect({ ...verdict, gives: codesOf(verdict) }).toMatchObject(expected);
    });
  }
}

function sentence(title: string, gives: string): string {
  if (gives === 'holds') return `accepts ${title}`;
  if (gives.startsWith('unknown: ')) return `cannot verify ${title} (${gives.slice('unknown: '.length)})`;
  return `finds ${counted(gives.split(' ')).join(' and ')} in ${title}`;
}

/** Codes without repetition; one that comes several times says how often. */
function counted(codes: readonly string[]): readonly string[] {
  return [...new Set(codes)].map((code) => {
    const times = codes.filter((other) => other === code).length;
    return times === 1 ? code : `${code} (${times} times)`;
  });
}

/** `holds`, or the codes of all findings in order; `unknown: ` stands before doubts. */
export function codesOf(verdict: Verdict): string {
  if (verdict.holds === true) return 'holds';
  const codes = verdict.findings.map(({ code }) => code).join(' ');
  return verdict.holds === 'unknown' ? `unknown: ${codes}` : codes;
}

type BuildHistory = (c1: FakeConnection, fake: FakeHistory) => unknown;

/** A history that begins with the connection `c1`, welcomed: the entries 0 to 2. The welcome comes 30 ms after the start. */
export function welcomed(record: BuildHistory): JudgedCase['history'] {
  return (fake) => record(fake.socket('c1').ready(), fake);
}

/** A history that begins with the connection `c1` of this user, opened: the entries 0 and 1, 10 ms and 20 ms after the start. */
export function opened(record: BuildHistory, user?: string): JudgedCase['history'] {
  return (fake) => record(fake.socket('c1', user).asks().opens(), fake);
}
