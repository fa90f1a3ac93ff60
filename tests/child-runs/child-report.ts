import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** A script of the project that ran in a process of its own. */
export interface ChildScript {
  readonly exitCode: number;
  readonly output: string;
}

/** A folder below `reports/`, so that packages resolve and git looks away; it is gone with the test. */
export interface ChildFolder extends Disposable {
  readonly path: string;
}

export function childFolder(): ChildFolder {
  mkdirSync('reports', { recursive: true });
  const path = mkdtempSync(join('reports', 'child-'));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}

/** Runs a TypeScript file of the project with arguments; `variables` are all that it learns from its environment. */
export function runScript(
  script: string,
  args: readonly string[],
  variables: Readonly<Record<string, string>>,
): Promise<ChildScript> {
  const { PATH = '', HOME = '' } = process.env;
  return new Promise((settle) => {
    const command = ['node_modules/tsx/dist/cli.mjs', script, ...args];
    const child = execFile(process.execPath, command, { env: { PATH, HOME, ...variables } }, (_, stdout, stderr) =>
      settle({ exitCode: child.exitCode ?? -1, output: stdout + stderr }),
    );
  });
}

/** Writes a small suite with the reporters of the project into a folder, and says how to run it. */
export function writeSuite(folder: string, specs: Readonly<Record<string, string>>): readonly string[] {
  const config = `
    import { defineConfig } from '@playwright/test';
    import { reportersOf } from '${resolve('src/reporters/reporters.ts')}';
    export default defineConfig({
      testDir: 'specs',
      outputDir: 'results',
      reporter: reportersOf(process.env.REPORTS_FOLDER, process.env, process.argv),
    });`;
  mkdirSync(join(folder, 'specs'), { recursive: true });
  writeFileSync(join(folder, 'small.config.ts'), config);
  for (const [name, text] of Object.entries(specs)) writeFileSync(join(folder, 'specs', name), text);
  return ['--config', join(folder, 'small.config.ts')];
}

/** A test as a generated report shows it. */
export interface ShownTest {
  readonly name: string;
  readonly status: string;
  readonly transition?: string;
  readonly error?: { readonly message?: string };
  readonly labels: readonly { readonly name: string; readonly value?: string }[];
  readonly links: readonly { readonly name?: string; readonly url: string }[];
}

/** The data that a one-file report carries, by path, as text. */
export function reportData(reports: string): ReadonlyMap<string, string> {
  const page = join(reports, 'allure-report', 'index.html');
  if (!existsSync(page)) return new Map();
  const carried = readFileSync(page, 'utf8').matchAll(/\bd\("([^"]+)","([^"]*)"\)/g);
  return new Map([...carried].map(([, path = '', base64 = '']) => [path, Buffer.from(base64, 'base64').toString()]));
}

/** The tests of a generated report. */
export function shownTests(reports: string): readonly ShownTest[] {
  return [...reportData(reports)].flatMap(([path, text]) => {
    if (!path.startsWith('data/test-results/')) return [];
    const test: ShownTest = JSON.parse(text);
    return [test];
  });
}
