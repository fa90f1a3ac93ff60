import { parseSettings } from '../env/settings.ts';
import { TWIN_VOCABULARY } from '../src/twin/vocabulary.ts';
import type { FleetLoad } from '../src/fleet/load.ts';
import type { FleetPlan } from '../src/fleet/plan.ts';
import { secretForms } from '../src/client/secret-forms.ts';
import type { Budgets } from '../src/checks/budgets.ts';

/** The plan of a fleet against a twin, with the defaults of the settings where nothing else is said. */
export function planFor(
  twin: { readonly websocketUrl: string; readonly jwtSecret: string },
  load: Partial<FleetLoad>,
  budgets: Partial<Budgets> = {},
): FleetPlan {
  const settings = parseSettings({
    project: 'twin',
    sources: { process: {}, secretsFile: {}, envFile: { BACKEND_URL: 'twin', ORDER: 'exact' } },
    vocabulary: TWIN_VOCABULARY,
  });
  return {
    load: { ...settings.fleet, ...load },
    websocketUrl: twin.websocketUrl,
    carrier: 'both',
    session: 'bench',
    prompt: settings.prompt,
    budgets: { ...settings.budgets, ...budgets },
    order: 'exact',
    secretForms: secretForms([twin.jwtSecret]),
  };
}
