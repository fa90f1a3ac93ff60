import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import type { Verdict } from '../src/checks/index.ts';
import { findingsOf } from '../src/checks/verdict.ts';
import type { Fact } from '../src/history/entry.ts';
import { createRedactor } from '../src/history/redact.ts';
import { redactFact } from '../src/history/redact-fact.ts';
import { RECORDING } from '../src/report/recording.ts';
import type { Recording } from '../src/report/recording.ts';
import { JudgeError, judgeFile } from './judge-file.ts';

/** Where pinned recordings stand, each with the verdict that is right for it. */
export const PINNED = 'tests/core/recordings';

const VERDICTS = 'verdicts.json';
const NAME = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

/** The right verdicts of every pinned recording, by its name: one line for each check that was judged. */
export function pinnedVerdicts(folder = PINNED): Readonly<Record<string, readonly string[]>> {
  const file = `${folder}/${VERDICTS}`;
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
}

/** A verdict as a line of the table: the check, and what it says, with each finding code as often as it was found. */
export function verdictLine(verdict: Verdict): string {
  if (verdict.holds === true) return `${verdict.check}: holds`;
  const codes = findingsOf(verdict).map(({ code, blame }) => `${code} (${blame})`);
  const counted = [...new Set(codes)].map((code) => {
    const times = codes.filter((other) => other === code).length;
    return times === 1 ? code : `${code} ×${times}`;
  });
  return `${verdict.check}: ${verdict.holds === 'unknown' ? 'not verified' : 'violated'}, ${counted.join(', ')}`;
}

/**
 * Makes a saved history a test of `npm test`: copies it, and adds its verdict of today to the table of right verdicts.
 * Throws a `JudgeError` when the name is no name or is taken, when the file is no saved history, and when an entry carries a
 * credential. Returns what was done, in words.
 */
export function pin(file: string, name: string, folder = PINNED): string {
  const target = `${folder}/${name}.json`;
  if (!NAME.test(name))
    throw new JudgeError(`--pin: expected a name of small letters, digits and hyphens, got "${name}".`);
  const known = pinnedVerdicts(folder);
  if (existsSync(target) || name in known)
    throw new JudgeError(
      `--pin: ${target} exists already. Choose another name, or delete it together with its verdict.`,
    );
  const { verdicts, is } = judgeFile(file, { order: 'grammar', project: undefined });
  const recording = RECORDING.safeParse(JSON.parse(readFileSync(file, 'utf8')));
  if (!recording.success) throw new JudgeError(`${file}: expected a saved history to pin, found a ${is}.`);
  refuseCredentials(file, recording.data);
  writeFileSync(target, written(recording.data));
  const lines = verdicts.map(verdictLine);
  writeFileSync(`${folder}/${VERDICTS}`, `${JSON.stringify({ ...known, [name]: lines }, null, 2)}\n`);
  return [
    `Pinned as ${target}. Its verdict of today is in ${folder}/${VERDICTS}:`,
    ...lines.map((line) => `  ${line}`),
    'Correct it there where it is wrong: npm test is red until the checks judge it so.',
    '',
  ].join('\n');
}

/** Names the entries that carry a credential, and never what they carry. */
function refuseCredentials(file: string, { entries, ...rest }: Recording): void {
  const carriers = entries.filter((entry) => carriesCredential(entry));
  const places = carriers.map(
    ({ index, kind, connection }) => `entry ${index} (${kind} of ${connection || 'no socket'})`,
  );
  if (createRedactor([])(JSON.stringify(rest)) !== JSON.stringify(rest)) places.unshift('the description of the test');
  if (places.length === 0) return;
  throw new JudgeError(
    `${file}: expected no credential, found one in ${places.join(', ')}. Record the test again with this harness, which ` +
      'redacts them, or write [redacted:token] there, and change the credential: it was shared with the file.',
  );
}

/** Whether the recorder would not have let an entry in as it stands. */
function carriesCredential(entry: Recording['entries'][number]): boolean {
  const redact = createRedactor([]);
  if ('text' in entry) return redact(entry.text) !== entry.text;
  const { index: _index, atMs: _atMs, ...fact } = entry;
  const asItStands: Fact = fact;
  return !isDeepStrictEqual(redactFact(asItStands, redact), asItStands);
}

/** One entry in each line, so that a change of one is read as such. */
function written({ entries, ...rest }: Recording): string {
  const lines = entries.map((entry) => `  ${JSON.stringify(entry)}`).join(',\n');
  return `${JSON.stringify(rest).slice(0, -1)},"entries":[\n${lines}\n]}\n`;
}
