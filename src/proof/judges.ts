import type { Settings } from '../../env/settings.ts';
import type { Check } from '../checks/index.ts';
import { ENDPOINT_PROBES } from '../history/probe-names.ts';
import {
  BAD_INPUTS,
  agentRun,
  alwaysOnChecks,
  badInput,
  e2eHeadersAreNeutral,
  endpoint,
  fanOut,
  heartbeat,
  preflight,
  refuses,
  sameJudgement,
  welcome,
} from '../checks/index.ts';

/** The ways of using the service that are played. */
export const SCENARIO_NAMES = [
  'conversation',
  'idling',
  'bad-input',
  'multiple-connections',
  'bad-credentials',
  'comparison',
  'carriers',
  'preflight',
  'endpoints',
] as const;

export type ScenarioName = (typeof SCENARIO_NAMES)[number];

const ALWAYS = alwaysOnChecks();

/** The checks that a scenario gives something to judge. */
export function judgesOf(scenario: ScenarioName, settings: Settings): readonly Check[] {
  const { budgets } = settings;
  switch (scenario) {
    case 'conversation':
      return [...ALWAYS, welcome(budgets), heartbeat(budgets), agentRun(settings)];
    case 'idling':
      return [...ALWAYS, welcome(budgets), heartbeat(budgets)];
    case 'bad-input':
      return [...ALWAYS, welcome(budgets), heartbeat(budgets), ...BAD_INPUTS.map((input) => badInput(input))];
    case 'multiple-connections':
      return [...ALWAYS, welcome(budgets), agentRun(settings), fanOut()];
    case 'bad-credentials':
      return [...ALWAYS, welcome(budgets), refuses(), sameJudgement('valid'), sameJudgement('wrong-secret')];
    case 'comparison':
      return [...ALWAYS, welcome(budgets), e2eHeadersAreNeutral({ marked: 'c1', plain: 'c2', order: 'exact' })];
    case 'carriers':
      return [...ALWAYS, welcome(budgets)];
    case 'preflight':
      return [preflight()];
    case 'endpoints':
      return ENDPOINT_PROBES.map((name) => endpoint(name));
  }
}
