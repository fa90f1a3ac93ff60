import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';

const NIGHT = z.object({
  name: z.string(),
  timestamp: z.number(),
  testResults: z.record(z.string(), z.object({ fullName: z.string(), status: z.string() })),
});

/** One recorded run. `tests` maps the stable history id of a test to its title and status. */
export interface RecordedNight {
  readonly name: string;
  readonly atMs: number;
  readonly tests: ReadonlyMap<string, { readonly title: string; readonly status: string }>;
}

/** The runs of one name in Allure's `history.jsonl`, the oldest first; none when there is no such file. */
export function readNights(file: string, name: string): readonly RecordedNight[] {
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => nightOf(JSON.parse(line)))
    .filter((night) => night.name === name);
}

function nightOf(line: unknown): RecordedNight {
  const { name, timestamp, testResults } = NIGHT.parse(line);
  const tests = Object.entries(testResults).map(
    ([id, { fullName, status }]) => [id, { title: fullName, status }] as const,
  );
  return { name, atMs: timestamp, tests: new Map(tests) };
}

/** How a night differs from the one before: titles, sorted. */
export interface Changes {
  readonly regressed: readonly string[];
  readonly fixed: readonly string[];
  readonly added: readonly string[];
  readonly gone: readonly string[];
}

/** Compares two nights. A test that failed or broke, and passed before, has regressed. */
export function changesBetween(before: RecordedNight, now: RecordedNight): Changes {
  const titles = (night: RecordedNight, isMeant: (status: string, id: string) => boolean): readonly string[] =>
    [...night.tests].flatMap(([id, { title, status }]) => (isMeant(status, id) ? [title] : [])).toSorted();
  const was = (id: string): string | undefined => before.tests.get(id)?.status;
  return {
    regressed: titles(now, (status, id) => isBad(status) && was(id) === 'passed'),
    fixed: titles(now, (status, id) => status === 'passed' && isBad(was(id) ?? '')),
    added: titles(now, (_, id) => was(id) === undefined),
    gone: titles(before, (_, id) => !now.tests.has(id)),
  };
}

/** The last night on which everything passed. */
export function lastGreen(nights: readonly RecordedNight[]): RecordedNight | undefined {
  return nights.findLast(
    ({ tests }) => tests.size > 0 && [...tests.values()].every(({ status }) => status === 'passed'),
  );
}

function isBad(status: string): boolean {
  return status === 'failed' || status === 'broken';
}
