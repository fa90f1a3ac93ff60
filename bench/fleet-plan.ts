import { parseSettings } from '../env/settings.ts';
import type { Budgets } from '../src/history/budgets.ts';
import type { FleetLoad } from '../env/fleet.ts';
import type { FleetPlan } from '../src/load/execute/plan.ts';
import { planOf } from '../src/load/execute/plan.ts';

/** The plan of a fleet against a twin, with the defaults of the settings where nothing else is said. */
export function planFor(
  twin: { readonly websocketUrl: string; readonly jwtSecret: string },
  load: Partial<FleetLoad>,
  budgets: Partial<Budgets> = {},
): FleetPlan {
  const settings = parseSettings({
    project: 'twin',
    sources: { process: {}, secretsFile: {}, envFile: { BACKEND_URL: 'twin', ORDER: 'exact' } },
    vocabulary: { profiles: ['beta-9'], faults: [] },
  });
  const plan = planOf(settings, { websocketUrl: twin.websocketUrl, secrets: [twin.jwtSecret] }, 'bench');
  return { ...plan, load: { ...plan.load, ...load }, budgets: { ...plan.budgets, ...budgets } };
}
