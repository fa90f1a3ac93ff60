import { parseArgs } from 'node:util';
import { isJsonObject } from '../protocol/fields.ts';
import { notesFor } from './serve-notes.ts';
import { startTwin } from './twin.ts';
import type { Twin, TwinOptions } from './twin.ts';
import { ALL_FAULTS } from './catalogue/faults/index.ts';
import { PROFILES } from './catalogue/profiles/index.ts';
import { TWIN_VOCABULARY } from './catalogue/vocabulary.ts';

/** The same each time, so that what points at the twin need not change. */
const DEFAULT_PORT = 8765;

const USAGE = `Serves the twin alone: npm run twin -- [options]

  --profile <name>   protocol version (default ${TWIN_VOCABULARY.profiles[0] ?? ''}): ${TWIN_VOCABULARY.profiles.join(', ')}
  --fault <names>    misbehaviour, such as drop-agent-thinking+pong-late@0.1
  --seed <number>    seed of everything random (default 1)
  --port <number>    default ${DEFAULT_PORT}; 0 takes a free one
  --list             list profiles and faults, each with one sentence, and stop
  --help             this text
`;

/** Options from a command line. Throws on an unknown option or a number that is none. */
function readOptions(args: readonly string[]): TwinOptions | 'list' | 'help' {
  const { values } = parseArgs({
    args: [...args],
    options: {
      profile: { type: 'string' },
      fault: { type: 'string' },
      seed: { type: 'string' },
      port: { type: 'string' },
      list: { type: 'boolean' },
      help: { type: 'boolean' },
    },
  });
  if (values.help === true) return 'help';
  if (values.list === true) return 'list';
  return {
    ...(values.profile !== undefined && { profile: values.profile }),
    ...(values.fault !== undefined && { fault: values.fault }),
    ...(values.seed !== undefined && { seed: wholeNumber('--seed', values.seed) }),
    port: values.port === undefined ? DEFAULT_PORT : wholeNumber('--port', values.port),
  };
}

function wholeNumber(option: string, text: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  throw new Error(`${option}: expected a whole number, got "${text}".`);
}

async function tokenFrom({ url, simulationKey }: Twin): Promise<string> {
  const headers = { 'X-E2E-Bypass-Key': simulationKey };
  const answer: unknown = await (await fetch(`${url}/auth/e2e/test-auth`, { method: 'POST', headers })).json();
  return isJsonObject(answer) && typeof answer['access_token'] === 'string' ? answer['access_token'] : '(none given)';
}

/** Every profile and every fault, one in a line. */
function catalogueText(): string {
  const rows = [
    ['Profiles (TWIN_PROFILE, --profile):'],
    ...PROFILES.map(({ name, does }) => [name, does]),
    [''],
    ['Faults (TWIN_FAULT, --fault):'],
    ...ALL_FAULTS.map(({ name, does }) => [name, does]),
  ];
  const width = Math.max(...ALL_FAULTS.map(({ name }) => name.length));
  const lines = rows.map(([name = '', does]) => (does === undefined ? name : `  ${name.padEnd(width)}  ${does}`));
  return `${lines.join('\n')}\n`;
}

async function serveUntilInterrupted(options: TwinOptions): Promise<void> {
  const twin = await startTwin({ ...options, journal: 'faults' });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void twin.close());
  twin.onFault(({ name, hit, clientPort }) => {
    process.stdout.write(`fault ${name} hit ${hit} (client port ${clientPort ?? 'unknown'})\n`);
  });
  process.stdout.write(notesFor(twin, await tokenFrom(twin)));
}

try {
  const options = readOptions(process.argv.slice(2));
  if (options === 'help') process.stdout.write(USAGE);
  else if (options === 'list') process.stdout.write(catalogueText());
  else await serveUntilInterrupted(options);
} catch (error) {
  const isTaken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
  const next = isTaken ? ' Another program has this port: take a free one with --port 0.' : '';
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}${next}\n`);
  process.exitCode = 1;
}
