import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { build } from 'esbuild';

const FOLDER = 'reports/bench';
const built = new Map<string, Promise<string>>();

/**
 * Runs a script of this folder in a fresh process and reads the JSON that it prints. It is bundled first, because the loader
 * of development adds its own cost to every function that is made.
 */
export async function measure<Result>(script: string, given: object, flags: readonly string[] = []): Promise<Result> {
  const bundle = built.get(script) ?? bundled(script);
  built.set(script, bundle);
  const { stdout } = await promisify(execFile)('node', [...flags, await bundle, JSON.stringify(given)], {
    maxBuffer: 2 ** 28,
  });
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
}

async function bundled(script: string): Promise<string> {
  const outfile = `${FOLDER}/${script}.mjs`;
  await build({
    entryPoints: [`bench/${script}.ts`],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    logLevel: 'error',
  });
  return outfile;
}
