import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { FullConfig, FullResult, Reporter, TestCase, TestResult } from '@playwright/test/reporter';
import type { Verdict } from '../checks/verdict.ts';

/** What scripts read of one test. */
export interface TestVerdicts {
  readonly project: string;
  readonly title: string;
  readonly file: string;
  readonly requirements: readonly string[];
  readonly status: TestResult['status'];
  readonly durationMs: number;
  readonly verdicts: readonly Verdict[];
  /** Errors that are no verdicts. */
  readonly errors: readonly string[];
}

/** `reports/verdicts.json`: every verdict of a run. */
export interface RunVerdicts {
  readonly startedAt: string;
  readonly gitHead: string;
  readonly status: FullResult['status'];
  readonly projects: readonly Readonly<Record<string, unknown>>[];
  readonly tests: readonly TestVerdicts[];
}

/** Playwright reporter that writes `reports/verdicts.json`. Options: `outputFile`. */
export default class VerdictsReporter implements Reporter {
  readonly #outputFile: string;
  readonly #tests: TestVerdicts[] = [];
  #projects: readonly Readonly<Record<string, unknown>>[] = [];

  constructor({ outputFile }: { readonly outputFile: string }) {
    this.#outputFile = outputFile;
  }

  onBegin({ filteredProjects }: FullConfig): void {
    this.#projects = filteredProjects.map(({ name, metadata }) => ({ name, ...metadata }));
  }

  onTestEnd(test: TestCase, result: TestResult): void {
    const verdicts = verdictsOf(result);
    this.#tests.push({
      project: test.parent.project()?.name ?? '',
      title: test.title,
      file: test.location.file.slice(test.location.file.lastIndexOf('/tests/') + 1),
      requirements: test.annotations.flatMap(({ type, description }) => (type === 'tms' ? [description ?? ''] : [])),
      status: result.status,
      durationMs: result.duration,
      verdicts,
      errors: result.errors.map(({ message }) => message ?? '').filter((message) => !isVerdict(message)),
    });
  }

  onEnd({ status, startTime }: FullResult): void {
    const run: RunVerdicts = {
      startedAt: startTime.toISOString(),
      gitHead: gitHead(),
      status,
      projects: this.#projects,
      tests: this.#tests,
    };
    mkdirSync(dirname(this.#outputFile), { recursive: true });
    writeFileSync(this.#outputFile, JSON.stringify(run, null, 1));
  }

  printsToStdio(): boolean {
    return false;
  }
}

function verdictsOf({ attachments }: TestResult): readonly Verdict[] {
  const path = attachments.findLast(({ name }) => name === 'verdicts')?.path;
  if (path === undefined) return [];
  const verdicts: readonly Verdict[] = JSON.parse(readFileSync(path, 'utf8'));
  return verdicts;
}

function isVerdict(message: string): boolean {
  return message.includes('Violated: ') || message.includes('Not verified: ');
}

/** The commit of the harness, with `+changes` when the work tree differs from it; empty outside a repository. */
export function gitHead(): string {
  try {
    const head = execFileSync('git', ['rev-parse', '--short', 'HEAD'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const changes = execFileSync('git', ['status', '--porcelain'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return `${head.trim()}${changes.trim() === '' ? '' : '+changes'}`;
  } catch {
    return '';
  }
}
