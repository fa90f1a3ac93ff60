import { mkdir, writeFile } from 'node:fs/promises';
import { availableParallelism, cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { artilleryRow } from './artillery-row.ts';
import { contractRow } from './contract-row.ts';
import { errorRows } from './error-rows.ts';
import { fleetRow } from './fleet-row.ts';
import { framesRow } from './frames-row.ts';
import { judgingRow } from './judging-row.ts';
import { memoryRow } from './memory-row.ts';
import type { BenchOptions, Row } from './row.ts';
import { scenarioRows } from './scenario-row.ts';
import { shown } from './spread.ts';

type Benchmark = (options: BenchOptions) => Promise<readonly Row[] | Row | undefined>;

const BENCHMARKS: Readonly<Record<string, Benchmark>> = {
  scenario: scenarioRows,
  artillery: artilleryRow,
  memory: memoryRow,
  frames: framesRow,
  judging: judgingRow,
  fleet: fleetRow,
  error: errorRows,
  contract: contractRow,
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { rounds: { type: 'string', default: '5' }, connections: { type: 'string', default: '5000' } },
});
const options: BenchOptions = { rounds: Number(values.rounds), connections: Number(values.connections) };
const unknown = positionals.filter((name) => !Object.hasOwn(BENCHMARKS, name));
if (unknown.length > 0) {
  console.error(`No benchmark ${unknown.join(', ')}. Valid names: ${Object.keys(BENCHMARKS).join(', ')}.`);
  process.exit(1);
}

await mkdir('reports/bench', { recursive: true });
const before = loadavg()[0] ?? 0;
console.log(
  `${cpus()[0]?.model ?? 'unknown processor'}, ${availableParallelism()} cores, Node ${process.version}, load ${before.toFixed(1)}`,
);
const rows: Row[] = [];
for (const [name, benchmark] of Object.entries(BENCHMARKS)) {
  if (positionals.length > 0 && !positionals.includes(name)) continue;
  const found = await benchmark(options);
  if (found === undefined) console.log(`– ${name}: left out, see bench/README.md`);
  for (const row of [found ?? []].flat()) {
    rows.push(row);
    console.log(line(row));
  }
}
const machine = { node: process.version, cores: availableParallelism(), loadBefore: before, loadAfter: loadavg()[0] };
await writeFile('reports/bench.json', JSON.stringify({ machine, options, rows }, null, 1));
process.exit();

function line({ what, against, reach, ours, theirs, ratio, holds, remark }: Row): string {
  return [
    `${holds ? 'holds ' : 'MISSED'} ${what}`,
    `         ${ours} against ${theirs} (${against}): ${shown(ratio)}, ${reach}`,
    ...(remark === undefined ? [] : [`         ${remark}`]),
  ].join('\n');
}
