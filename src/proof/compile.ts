import { readFile, rm } from 'node:fs/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Plugin } from 'esbuild';
import { build } from 'esbuild';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const FOLDER = 'reports/proof-build';

const ENTRIES = [
  'scripts/prove.config.ts',
  'src/proof/reporter.ts',
  'tests/contract/**/*.spec.ts',
  'tests/preflight/**/*.spec.ts',
  'tests/proof/cases.spec.ts',
];

/** The specs get the `test` of the proof in place of that of the fixtures. */
const PROOF_FIXTURES: Plugin = {
  name: 'proof-fixtures',
  setup({ onResolve }) {
    const path = `${ROOT}/src/proof/contract-test.ts`;
    onResolve({ filter: /\/fixtures\/index\.ts$/ }, ({ importer }) =>
      importer.endsWith('.spec.ts') ? { path } : undefined,
    );
  },
};

/** A module that asks for its own address gets that of its source, beside which its files lie. */
const KEEP_ADDRESSES: Plugin = {
  name: 'keep-addresses',
  setup({ onLoad }) {
    onLoad({ filter: /\.ts$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8');
      const address = JSON.stringify(pathToFileURL(path).href);
      return { contents: source.replaceAll('import.meta.url', address), loader: 'ts' };
    });
  },
};

/**
 * Compiles the specs of the proof and all that they import into a few modules, and returns the path of the compiled
 * configuration. The matrix starts a worker per case, and loading some 450 modules takes each of them a second of CPU.
 */
export async function compileProof(): Promise<string> {
  await rm(`${ROOT}/${FOLDER}`, { recursive: true, force: true });
  await build({
    absWorkingDir: ROOT,
    entryPoints: ENTRIES,
    outbase: '.',
    outdir: FOLDER,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    external: ['@playwright/test', 'ws', 'dotenv'],
    plugins: [PROOF_FIXTURES, KEEP_ADDRESSES],
    logLevel: 'error',
  });
  return `${FOLDER}/scripts/prove.config.js`;
}
