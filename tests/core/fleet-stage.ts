import { parseSettings } from '../../env/settings.ts';
import { fleetIdentities } from '../../src/fleet/identity-feed.ts';
import type { FleetLoad } from '../../src/fleet/load.ts';
import type { MemberResult } from '../../src/fleet/member-result.ts';
import type { PartResult } from '../../src/fleet/part-result.ts';
import { planOf } from '../../src/fleet/plan-of.ts';
import type { PartOptions } from '../../src/fleet/run-part.ts';
import { runPart } from '../../src/fleet/run-part.ts';
import type { Part } from '../../src/fleet/span.ts';
import { WHOLE } from '../../src/fleet/span.ts';
import type { Twin } from '../../src/twin/twin.ts';

const USERS = { pattern: 'e2e{n}-staging-user' };

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

/** Runs one part of a small fleet against a twin. */
export function runOn(
  twin: Twin,
  load: Partial<FleetLoad>,
  part: Part = WHOLE,
  more: Partial<PartOptions> = {},
): Promise<PartResult> {
  const settings = parseSettings({
    project: 'twin',
    sources: { process: {}, secretsFile: {}, envFile: ENV_FILE },
    vocabulary: { profiles: ['beta-9'], faults: [] },
  });
  const plan = planOf(settings, { websocketUrl: twin.websocketUrl, secrets: [twin.jwtSecret] }, 'core');
  const source = { kind: 'mint', secret: twin.jwtSecret } as const;
  const nowS = (): number => Date.now() / 1000;
  return runPart({
    plan: { ...plan, load: { ...plan.load, ...LOAD, ...load } },
    part,
    project: 'twin',
    identities: fleetIdentities({ source, users: USERS, lane: 0, lanes: 1, part, nowS }),
    progress: () => undefined,
    ...more,
  });
}

/** What was found at each member that did not pass: `{ c3: ['pong-missing'] }`. */
export function findingsByMember(members: readonly MemberResult[]): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(
    members
      .filter(({ outcome }) => outcome !== 'passed')
      .map(({ name, findings }) => [name, [...new Set(findings.map(({ code }) => code))].toSorted()]),
  );
}
