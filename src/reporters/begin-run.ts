import { accessSync, constants, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { RUN_FILE, unfinishedRun } from './verdicts-reporter.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const LOCK_FILE = 'run.lock';

/** Where a run writes, absolute: `REPORTS_FOLDER`, or `reports`, beside the configuration and not where it was started. */
export function reportsFolder(env: Readonly<Record<string, string | undefined>> = process.env): string {
  const named = env['REPORTS_FOLDER'] ?? '';
  return resolve(ROOT, named === '' ? 'reports' : named);
}

/**
 * Playwright's first global set-up: it claims the folder of reports for this run, and marks the run as not finished, so that
 * no result of an earlier run can be taken for one of this run. Reporters cannot do that, because `--reporter` replaces
 * them. The window of `--ui` and editors start many runs from one process and write no results; they claim nothing.
 */
export default function beginRun(): void {
  const folder = reportsFolder();
  process.env['REPORTS_FOLDER'] = folder;
  if (process.argv.some((argument) => /^(?:test-server|--ui(?:-\w+)?(?:=.*)?)$/.test(argument))) return;
  try {
    process.on('exit', claim(folder));
  } catch (error) {
    // Ended here, because the reporters of a refused run would write into the folder of the other one.
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  }
  markUnfinished(folder);
}

/** A run that writes into the same folder, as its lock describes it. */
interface Lock {
  readonly pid: number;
  readonly startedAt: string;
}

/** Claims the folder until the returned function is called. Throws, without a stack, when another run has it or it cannot be written. */
export function claim(
  folder: string,
  { pid, startedAt }: Lock = { pid: process.pid, startedAt: new Date().toISOString() },
): () => void {
  const file = join(folder, LOCK_FILE);
  const shown = relative(process.cwd(), file);
  requireWritable(folder);
  const other = lockIn(file);
  if (other !== undefined && other.pid !== pid && isRunning(other.pid)) {
    throw withoutStack(
      `Reports: expected ${relative(process.cwd(), folder)} to be free, but run ${other.pid}, started at ${other.startedAt}, writes there. ` +
        `Wait for it, or give this run a folder of its own: REPORTS_FOLDER=reports/second. If no such run exists, delete ${shown}.`,
    );
  }
  if (existsSync(file)) rmSync(file);
  try {
    writeFileSync(file, JSON.stringify({ pid, startedAt }), { flag: 'wx' });
  } catch {
    throw withoutStack(
      `Reports: another run claimed ${shown} at the same moment. Start this one again when it is done.`,
    );
  }
  return () => {
    if (lockIn(file)?.pid === pid) rmSync(file, { force: true });
  };
}

/** Throws, without a stack, when nothing can be written into the folder. Called before Playwright and its reporters try to. */
export function requireWritable(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
    throw withoutStack(
      `Reports: expected a folder that can be written, but ${relative(process.cwd(), folder)} cannot (${code}). ` +
        'Correct its permissions, or name another one: REPORTS_FOLDER=…',
    );
  }
}

/** Removes what an earlier run wrote, and writes that this one has not finished. */
export function markUnfinished(folder: string, startedAt = new Date()): void {
  rmSync(join(folder, 'junit.xml'), { force: true });
  writeFileSync(join(folder, RUN_FILE), JSON.stringify(unfinishedRun(startedAt)));
}

/** The lock in a file; undefined when there is none, or when it was not written to its end. */
function lockIn(file: string): Lock | undefined {
  try {
    const lock: Lock = JSON.parse(readFileSync(file, 'utf8'));
    return lock;
  } catch {
    return undefined;
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** The reader has to free a folder, not to correct code: a stack would only hide the message. */
function withoutStack(message: string): Error {
  const error = new Error(message);
  error.stack = message;
  return error;
}
