import { parseSettings } from '../../../env/settings.ts';
import { fleetIdentities } from '../../../src/load/execute/identity-feed.ts';
import type { FleetLoad } from '../../../env/fleet.ts';
import type { UserResult } from '../../../src/load/observe/user-result.ts';
import type { ShardResult } from '../../../src/load/observe/fleet-result.ts';
import { planOf } from '../../../src/load/execute/plan.ts';
import type { ShardOptions } from '../../../src/load/execute/run-shard.ts';
import { runShard } from '../../../src/load/execute/run-shard.ts';
import type { Shard } from '../../../src/load/observe/user-range.ts';
import { WHOLE_FLEET } from '../../../src/load/observe/user-range.ts';
import type { Twin } from '../../../src/twin/twin.ts';

const USERS = { pattern: '{uuid}' };

/** Short deadlines, and budgets that a busy machine does not break. */
const ENV_FILE = {
  BACKEND_URL: 'twin',
  ORDER: 'exact',
  WELCOME_BUDGET_MS: '1400',
  WELCOME_DEADLINE_MS: '1500',
  PONG_BUDGET_MS: '1400',
  PONG_DEADLINE_MS: '1500',
  FIRST_EVENT_BUDGET_MS: '1400',
  FIRST_EVENT_DEADLINE_MS: '1500',
  EVENT_GAP_BUDGET_MS: '1400',
  EVENT_GAP_DEADLINE_MS: '1500',
  RUN_BUDGET_MS: '10000',
  CLOSE_DEADLINE_MS: '1500',
  QUIET_WINDOW_MS: '100',
};

const LOAD: Partial<FleetLoad> = { rampPerSecond: 500, handshakesAtOnce: 20, stopAfterPercent: 100 };

/** Runs one shard of a small fleet against a twin. */
export function runOn(
  twin: Twin,
  load: Partial<FleetLoad>,
  shard: Shard = WHOLE_FLEET,
  more: Partial<ShardOptions> = {},
): Promise<ShardResult> {
  const settings = parseSettings({
    project: 'twin',
    sources: { process: {}, secretsFile: {}, envFile: ENV_FILE },
    vocabulary: { profiles: ['beta-9'], faults: [] },
  });
  const plan = planOf(settings, { websocketUrl: twin.websocketUrl, secrets: [twin.jwtSecret] }, 'core');
  const source = { kind: 'mint', secret: twin.jwtSecret } as const;
  const nowS = (): number => Date.now() / 1000;
  return runShard({
    plan: { ...plan, load: { ...plan.load, ...LOAD, ...load } },
    shard,
    project: 'twin',
    identities: fleetIdentities({ source, users: USERS, slot: 0, slots: 1, shard, nowS }),
    report: () => undefined,
    ...more,
  });
}

/** What was found at each virtual user that did not pass: `{ c3: ['pong-missing'] }`. */
export function findingsByConnection(users: readonly UserResult[]): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(
    users
      .filter(({ outcome }) => outcome !== 'passed')
      .map(({ connection, findings }) => [connection, [...new Set(findings.map(({ code }) => code))].toSorted()]),
  );
}
