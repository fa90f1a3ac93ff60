import { agentRun } from '../../checks/agent-run.ts';
import { closing } from '../../checks/closing.ts';
import { handshake } from '../../checks/handshake.ts';
import { heartbeat } from '../../checks/heartbeat.ts';
import { isolation } from '../../checks/isolation.ts';
import { secrets } from '../../checks/secrets.ts';
import type { Check } from '../../checks/verdict.ts';
import { welcome } from '../../checks/welcome.ts';
import { wellFormed } from '../../checks/well-formed.ts';
import type { FleetPlan } from '../execute/plan.ts';

/** The names of the checks that every member is judged by, in the order in which they are judged. */
export const FLEET_CHECKS = [
  'handshake',
  'welcome',
  'heartbeat',
  'agent-run',
  'isolation',
  'well-formed',
  'closing',
  'secrets',
] as const;

/** The same checks, with the same rules, as the specs of one connection use. */
export function checksOfAUser(plan: Pick<FleetPlan, 'budgets' | 'order'>): readonly Check[] {
  const { budgets } = plan;
  return [
    handshake(),
    welcome(budgets),
    heartbeat(budgets),
    agentRun(plan),
    isolation(),
    wellFormed(),
    closing(),
    secrets(),
  ];
}
