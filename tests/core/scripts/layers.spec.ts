import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { expect, test } from '@playwright/test';

/** One import for each folder that the folder may not have. */
const MISTAKES: readonly (readonly [file: string, imported: string])[] = [
  ['src/protocol/planted.ts', 'src/history/planted.ts'],
  ['src/history/planted.ts', 'src/checks/planted.ts'],
  ['src/checks/planted.ts', 'src/failures/planted.ts'],
  ['src/failures/planted.ts', 'src/report/planted.ts'],
  ['src/report/planted.ts', 'src/client/planted.ts'],
  ['src/har/planted.ts', 'src/client/planted.ts'],
  ['src/client/planted.ts', 'src/checks/planted.ts'],
  ['src/client/planted.ts', 'src/twin/planted.ts'],
  ['src/twin/planted.ts', 'src/client/planted.ts'],
  ['src/twin/behaviour/planted.ts', 'src/twin/messages/planted.ts'],
  ['src/twin/messages/planted.ts', 'src/twin/http/planted.ts'],
  ['src/twin/http/planted.ts', 'src/twin/catalogue/planted.ts'],
  ['src/twin/handshake/planted.ts', 'src/twin/catalogue/planted.ts'],
  ['src/twin/catalogue/planted.ts', 'src/twin/planted.ts'],
  ['src/twin/server/planted.ts', 'src/twin/planted.ts'],
  ['src/session.ts', 'src/load/execute/planted.ts'],
  ['src/session/planted.ts', 'src/session.ts'],
  ['src/load/observe/planted.ts', 'src/load/workloads/planted.ts'],
  ['src/load/judge/planted.ts', 'src/client/planted.ts'],
  ['src/load/present/planted.ts', 'src/client/planted.ts'],
  ['src/load/execute/planted.ts', 'src/load/workloads/planted.ts'],
  ['src/load/workloads/planted.ts', 'src/proof/planted.ts'],
  ['src/reporters/planted.ts', 'src/client/planted.ts'],
  ['src/proof/planted.ts', 'scripts/planted.ts'],
  ['env/planted.ts', 'src/checks/planted.ts'],
  ['fixtures/planted.ts', 'src/proof/planted.ts'],
  ['tests/contract/planted.ts', 'src/history/planted.ts'],
  ['tests/preflight/planted.ts', 'src/client/planted.ts'],
  ['tests/nightly/planted.ts', 'src/load/judge/planted.ts'],
  ['tests/planted.ts', 'src/checks/planted.ts'],
  ['tests/child-runs/planted.ts', 'fixtures/planted.ts'],
  ['tests/proof/planted.ts', 'scripts/planted.ts'],
  ['tests/core/planted.ts', 'tests/proof/planted.ts'],
  ['scripts/planted.ts', 'tests/proof/planted.ts'],
  ['bench/planted.ts', 'tests/core/planted.ts'],
];

/** Imports that the folders may have. */
const ALLOWED: readonly (readonly [file: string, imported: string])[] = [
  ['src/report/planted.ts', 'src/failures/planted.ts'],
  ['src/client/planted.ts', 'src/history/planted.ts'],
  ['src/twin/planted.ts', 'src/twin/catalogue/planted.ts'],
  ['env/planted.ts', 'src/protocol/planted.ts'],
  ['fixtures/planted.ts', 'src/session.ts'],
  ['tests/contract/planted.ts', 'fixtures/planted.ts'],
];

/** Lints a tree that holds exactly these imports with the configuration of the project; returns those it refuses. */
function refusedImports(
  root: string,
  imports: readonly (readonly [file: string, imported: string])[],
): readonly string[] {
  const lines = new Map<string, string[]>(imports.flat().map((file) => [file, []]));
  for (const [file, imported] of imports) {
    const path = relative(dirname(file), imported);
    lines.get(file)?.push(`export * from '${path.startsWith('.') ? path : `./${path}`}';`);
  }
  for (const [file, text] of lines) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), ['export const own = 1;', ...text].join('\n'));
  }
  const config: Record<string, Record<string, unknown>> = JSON.parse(readFileSync('.oxlintrc.json', 'utf8'));
  const settings = { ...config['settings'], 'boundaries/root-path': root };
  const jsPlugins = [import.meta.resolve('eslint-plugin-boundaries')];
  const rules = { 'boundaries/dependencies': config['rules']?.['boundaries/dependencies'] };
  writeFileSync(join(root, 'oxlint.json'), JSON.stringify({ jsPlugins, settings, rules }));
  return [...lint(root).matchAll(/^(.*?):(\d+):\d+: .*\[Error\/boundaries\(dependencies\)\]$/gm)].map(
    ([, file = '', line = '']) => {
      const from = relative(root, resolve(root, file));
      const source = lines.get(from)?.[Number(line) - 2] ?? '';
      return `${from} ${join(dirname(from), /'(.*)'/.exec(source)?.[1] ?? '')}`;
    },
  );
}

/** A folder that oxlint does not leave out, as it does what git ignores; it is gone with the test. */
function folderOutsideOfGit(): Disposable & { readonly path: string } {
  const path = realpathSync(mkdtempSync(join(tmpdir(), 'planted-')));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}

function lint(folder: string): string {
  try {
    return execFileSync(resolve('node_modules/.bin/oxlint'), ['-c', 'oxlint.json', '-f', 'unix', '.'], {
      encoding: 'utf8',
      cwd: folder,
    });
  } catch (error) {
    return error instanceof Error && 'stdout' in error ? String(error.stdout) : '';
  }
}

test('lint: each folder is refused one import that it may not have, and keeps those that it may', () => {
  using folder = folderOutsideOfGit();
  const refused = refusedImports(folder.path, [...MISTAKES, ...ALLOWED]);
  expect(refused.toSorted()).toEqual(MISTAKES.map((pair) => pair.join(' ')).toSorted());
});
