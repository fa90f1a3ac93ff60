import type { Settings } from '../../../env/settings.ts';
import type { Target } from '../../session/target.ts';
import type { FleetResult } from '../observe/fleet-result.ts';
import { fleetResult } from '../observe/fleet-result.ts';
import type { Shard } from '../observe/user-range.ts';
import { fleetIdentities } from './identity-feed.ts';
import { planOf } from './plan.ts';
import { runShard } from './run-shard.ts';
import { unfinishedShard, writeShard } from './shards.ts';

/** What one shard of a fleet is started with. */
export interface FleetStart {
  readonly settings: Settings;
  readonly target: Target;
  readonly environment: string;
  readonly shard: Shard;
  /** Playwright's `parallelIndex` and number of workers; lists of users are divided by them. */
  readonly slot: number;
  readonly slots: number;
}

/** Runs one shard of the fleet that the settings declare, and leaves its result in `reports/` for a merge. */
export async function startFleet({
  settings,
  target,
  environment,
  shard,
  slot,
  slots,
}: FleetStart): Promise<FleetResult> {
  const plan = planOf(settings, target, `e2e-${environment}-${process.pid}`);
  const nowS = (): number => Date.now() / 1000;
  const identities = fleetIdentities({ source: target.credentials, users: settings.users, slot, slots, shard, nowS });
  await writeShard(unfinishedShard(plan.load, shard, settings.project));
  const report = (line: string): void => void process.stdout.write(`${line}\n`);
  const result = await runShard({ plan, shard, project: settings.project, identities, report });
  await writeShard(result);
  return fleetResult([result], 'these shards');
}
