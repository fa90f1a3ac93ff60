import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

// Runs a Node script and prints the processor time that it and its children took, as the last line.
const TICKS_PER_SECOND = 100;
const before = childTicks();
const { status } = spawnSync(process.execPath, process.argv.slice(2), { stdio: ['ignore', 'inherit', 'inherit'] });
const cpuNanoseconds = ((childTicks() - before) * 1e9) / TICKS_PER_SECOND;
process.stdout.write(`\n${JSON.stringify({ cpuNanoseconds, status })}\n`);

// Fields 16 and 17 of /proc/self/stat: user and system time of children that were waited for (proc(5)).
function childTicks() {
  const fields = readFileSync('/proc/self/stat', 'utf8').split(') ')[1].split(' ');
  return Number(fields[13]) + Number(fields[14]);
}
