import type { Settings } from '../../env/settings.ts';
import { ENDPOINTS } from '../../src/checks/endpoint-shapes.ts';
import type { Check, EndpointName } from '../../src/checks/index.ts';
import {
  BAD_INPUTS,
  agentRun,
  badInput,
  closing,
  e2eHeadersAreNeutral,
  endpoint,
  fanOut,
  handshake,
  heartbeat,
  isolation,
  preflight,
  refuses,
  sameJudgement,
  secrets,
  welcome,
  wellFormed,
} from '../../src/checks/index.ts';
import type { ScenarioName } from './scenarios.ts';

const ALWAYS: readonly Check[] = [handshake(), wellFormed(), isolation(), closing(), secrets()];

/** The names of the checks that judge every history, also one that gives them nothing to judge. */
export const ALWAYS_ON = ['handshake', 'well-formed', 'isolation', 'closing', 'secrets'];

/** The checks that a scenario gives something to judge. */
export function judgesOf(scenario: ScenarioName, settings: Settings): readonly Check[] {
  const { budgets } = settings;
  switch (scenario) {
    case 'conversation':
      return [...ALWAYS, welcome(budgets), heartbeat(budgets), agentRun(settings)];
    case 'idling':
      return [...ALWAYS, welcome(budgets), heartbeat(budgets)];
    case 'rudeness':
      return [...ALWAYS, welcome(budgets), heartbeat(budgets), ...BAD_INPUTS.map((input) => badInput(input))];
    case 'company':
      return [...ALWAYS, welcome(budgets), agentRun(settings), fanOut()];
    case 'strangers':
      return [...ALWAYS, welcome(budgets), refuses(), sameJudgement('valid'), sameJudgement('wrong-secret')];
    case 'comparison':
      return [...ALWAYS, welcome(budgets), e2eHeadersAreNeutral({ marked: 'c1', plain: 'c2' })];
    case 'arrival':
      return [preflight()];
    case 'visit':
      return [...(Object.keys(ENDPOINTS) as EndpointName[]).map((name) => endpoint(name))];
  }
}
