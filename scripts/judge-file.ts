import { existsSync, readFileSync } from 'node:fs';
import { parse } from 'dotenv';
import { z } from 'zod';
import type { Verdict } from '../src/checks/index.ts';
import type { OrderMode } from '../src/checks/run/order.ts';
import type { History } from '../src/history/entry.ts';
import { createRedactor } from '../src/history/redact.ts';
import { HAR_SOCKETS } from '../src/har/har-file.ts';
import { importHar, judgeSockets } from '../src/har/import-har.ts';
import { judgeRecording } from '../src/report/judge-recording.ts';
import type { Recording } from '../src/report/recording.ts';
import { RECORDING, RECORDING_FORMAT } from '../src/report/recording.ts';
import { restoredHistory } from '../src/report/saved-history.ts';
import { budgetsOf } from '../src/history/budgets.ts';
import { environments } from '../env/sources.ts';
import { readVariables } from '../env/variables.ts';
import type { Budgets } from '../src/history/budgets.ts';
import { diagnose } from '../src/failures/diagnosis.ts';
import { explain } from '../src/report/explain.ts';
import { transcript } from '../src/report/transcript.ts';

/** A file or an option that cannot be used; the message says what was expected. */
export class JudgeError extends Error {
  override readonly name = 'JudgeError';
}

/** How a HAR, which knows neither, is judged. */
export interface JudgeOptions {
  readonly order: OrderMode;
  /** The env file whose budgets apply; undefined for the defaults of the settings. */
  readonly project: string | undefined;
}

/** What came of one file. */
export interface FileJudgement {
  readonly file: string;
  /** What the file is, in words. */
  readonly is: string;
  readonly history: History;
  readonly verdicts: readonly Verdict[];
  /** What a reader has to know about how it was judged. */
  readonly caveats: readonly string[];
}

const FORMAT = z.object({ format: z.string() });
const LOG = z.object({ log: z.unknown() });
const MOST_ISSUES = 5;

/** Reads and judges a saved history or a HAR. Throws a `JudgeError` when the file is neither, or is damaged. */
export function judgeFile(file: string, options: JudgeOptions): FileJudgement {
  const content = jsonIn(file);
  if (FORMAT.safeParse(content).success) return judgeSaved(file, content);
  if (LOG.safeParse(content).success) return judgeHar(file, content, options);
  throw new JudgeError(
    `${file}: expected a saved history (format "${RECORDING_FORMAT}") or a HAR (an object with "log"), found neither.`,
  );
}

function judgeSaved(file: string, content: unknown): FileJudgement {
  refuseOtherFormat(file, FORMAT.parse(content).format);
  const recording = checked(
    file,
    RECORDING,
    content,
    'a saved history',
    `${SAVE_AGAIN}, or judge it with the version that wrote it.`,
  );
  refuseGaps(file, recording);
  const history = restoredHistory(recording.entries);
  const is = `test "${recording.test}" of project ${recording.project} on ${recording.target}, ${history.length} entries`;
  try {
    return { file, is, history, verdicts: judgeRecording(recording), caveats: [] };
  } catch (cause) {
    throw new JudgeError(`${file}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}

const SAVE_AGAIN = 'Take the attachment "history" from the report again, unchanged';

function refuseOtherFormat(file: string, format: string): void {
  if (format === RECORDING_FORMAT) return;
  const [ours, theirs] = [RECORDING_FORMAT, format].map((text) => Number(text.split('@')[1] ?? Number.NaN));
  const age =
    theirs === undefined || ours === undefined || Number.isNaN(theirs)
      ? 'another'
      : theirs < ours
        ? 'an older'
        : 'a newer';
  throw new JudgeError(
    `${file}: expected a saved history of format "${RECORDING_FORMAT}", found ${age} format: "${format}". ` +
      'Judge it with the version of the harness that wrote it, or record the test again.',
  );
}

/** Findings cite entries by their number, so that each must stand at its place. */
function refuseGaps(file: string, { entries, judged }: Recording): void {
  const wrong = entries.findIndex(({ index }, position) => index !== position);
  if (wrong !== -1)
    throw new JudgeError(
      `${file}: entries.${wrong}: expected the entry with index ${wrong}, found index ${entries[wrong]?.index}: entries are missing or moved. ${SAVE_AGAIN}.`,
    );
  const beyond = judged.findIndex(({ upTo: last }) => last > entries.length);
  if (beyond !== -1)
    throw new JudgeError(
      `${file}: judged.${beyond}: expected a judgement of at most ${entries.length} entries, found one of ${judged[beyond]?.upTo}: the end is missing. ${SAVE_AGAIN}.`,
    );
}

function judgeHar(file: string, content: unknown, { order, project }: JudgeOptions): FileJudgement {
  const budgets = budgetsFor(project);
  const recordAgain = 'Record again with Chrome DevTools or Playwright, and save with content.';
  const read = checked(file, HAR_SOCKETS, content, 'a HAR that can be judged', recordAgain);
  const history = importHar(read, createRedactor([]), budgets);
  const sockets = new Set(history.map(({ connection }) => connection)).size;
  if (sockets === 0) {
    const how = 'Record with DevTools open before the page connects, and save with content.';
    throw new JudgeError(`${file}: expected a HAR with at least one WebSocket, found none. ${how}`);
  }
  const caveats = [
    `order mode ${order}; budgets ${project === undefined ? 'by default' : `of env/${project}.env`}`,
    'a HAR does not say for how long was listened after the last frame: "nothing after the end" holds as far as recorded',
  ];
  return {
    file,
    is: `HAR, ${sockets} sockets, ${history.length} entries`,
    history,
    verdicts: judgeSockets(history, budgets, order),
    caveats,
  };
}

function jsonIn(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8').replace(/^\uFEFF/, ''));
  } catch (cause) {
    const found = cause instanceof Error ? cause.message : String(cause);
    throw new JudgeError(`${file}: expected a readable file with JSON, found: ${found}.`, { cause });
  }
}

function checked<Value>(file: string, shape: z.ZodType<Value>, content: unknown, what: string, next: string): Value {
  const result = shape.safeParse(content);
  if (result.success) return result.data;
  const issues = result.error.issues
    .slice(0, MOST_ISSUES)
    .map(({ path, message }) => `  ${path.join('.') || 'file'}: ${message}`);
  throw new JudgeError(`${file}: expected ${what}, found:\n${issues.join('\n')}\n${next}`);
}

/** The budgets of an env file, without any of its secrets; the defaults when no project is named. */
function budgetsFor(project: string | undefined): Budgets {
  const file = `env/${project ?? ''}.env`;
  if (project !== undefined && !existsSync(file)) {
    throw new JudgeError(`--project: expected one of ${environments().join(', ')}, got "${project}".`);
  }
  const envFile = project === undefined ? {} : parse(readFileSync(file));
  return budgetsOf(readVariables(project ?? 'default', { process: {}, secretsFile: {}, envFile }).values);
}

const SIGN = { true: '✓', false: '✗', unknown: '?' } as const;

/** A judgement as text: each verdict in a line, then what does not hold, explained, and the transcript that it cites. */
export function report({ file, is, history, verdicts, caveats }: FileJudgement): string {
  const lines = verdicts.map(({ check, holds, because }) => `  ${SIGN[`${holds}`]} ${check}: ${because}`);
  const explanation = explain(verdicts, 'the transcript below', diagnose(history, verdicts));
  return [
    `${file}: ${is}`,
    ...caveats.map((caveat) => `  (${caveat})`),
    ...lines,
    ...(explanation === '' ? [] : ['', explanation, '', transcript(history, verdicts)]),
    '',
  ].join('\n');
}
