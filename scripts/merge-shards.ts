import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { explainFleet, fleetHolds } from '../src/load/present/explain-fleet.ts';
import { fleetMatrix, fleetTable } from '../src/load/present/fleet-tables.ts';
import { drawChart } from '../src/load/present/draw-chart.ts';
import { fleetChart } from '../src/load/present/fleet-chart.ts';
import type { FleetResult } from '../src/load/observe/fleet-result.ts';
import { fleetResult } from '../src/load/observe/fleet-result.ts';
import type { MergedFile } from '../src/load/present/merged-allure-result.ts';
import { ALLURE_RESULTS, writeAllureResult } from '../src/load/present/merged-allure-result.ts';
import { readShard } from '../src/load/execute/shards.ts';

const USAGE = `Merges the results that the shards of a fleet left behind: npm run merge-shards -- [options] [file …]

  files              default: reports/fleet-*-of-*.json
  --allure <folder>  adds the verdict to these Allure results (default ${ALLURE_RESULTS})

Exit code 1 when a connection failed, could not be verified or was not judged.
`;
const SHARD = /^fleet-.*-\d+-of-\d+\.json$/;
const REPORTS = 'reports';

async function shardFiles(given: readonly string[]): Promise<readonly string[]> {
  if (given.length > 0) return given;
  const found = (await readdir(REPORTS)).filter((name) => SHARD.test(name)).map((name) => join(REPORTS, name));
  if (found.length > 0) return found;
  throw new Error(
    `Expected results of shards in ${REPORTS}/ (fleet-*-of-*.json), found none. Run --grep @fleet --shard=i/n first.`,
  );
}

async function writeFiles(fleet: FleetResult): Promise<readonly MergedFile[]> {
  const { kept: _, shards: __, ...figures } = fleet;
  const files = [
    {
      name: 'fleet',
      path: join(REPORTS, 'fleet-merged.txt'),
      type: 'text/plain',
      body: `${fleetTable(fleet)}\n\n${fleetMatrix(fleet)}\n`,
    },
    {
      name: 'fleet picture',
      path: join(REPORTS, 'fleet-merged.svg'),
      type: 'image/svg+xml',
      body: await drawChart(fleetChart(fleet)),
    },
    {
      name: 'fleet figures',
      path: join(REPORTS, 'fleet-merged.json'),
      type: 'application/json',
      body: JSON.stringify(figures),
    },
  ];
  for (const { path, body } of files) await writeFile(path, body);
  return files;
}

async function mergeShards(): Promise<void> {
  const options = { allure: { type: 'string', default: ALLURE_RESULTS }, help: { type: 'boolean' } } as const;
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  if (values.help === true) return void process.stdout.write(USAGE);
  const shards = await Promise.all((await shardFiles(positionals)).map(readShard));
  const fleet = fleetResult(shards, 'the whole fleet');
  writeAllureResult(fleet, await writeFiles(fleet), values.allure);
  process.stdout.write(`${fleetTable(fleet)}\n${explainFleet(fleet, 'reports/fleet-merged.txt')}\n`);
  process.exitCode = fleetHolds(fleet) ? 0 : 1;
}

try {
  await mergeShards();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
