import { agentRun as agentRunCheck } from './agent-run.ts';
import { registered } from './registered.ts';
import { badInput as badInputCheck } from './bad-input.ts';
import { closing as closingCheck } from './closing.ts';
import { e2eHeadersAreNeutral as e2eHeadersCheck } from './e2e-headers.ts';
import { endpoint as endpointCheck } from './endpoint.ts';
import { fanOut as fanOutCheck } from './fan-out.ts';
import { handshake as handshakeCheck } from './handshake.ts';
import { heartbeat as heartbeatCheck } from './heartbeat.ts';
import { isolation as isolationCheck } from './isolation.ts';
import { preflight as preflightCheck } from './preflight.ts';
import { refuses as refusesCheck } from './refuses.ts';
import {
  COMPARISON_RULES,
  CREDENTIAL_RULES,
  ENDPOINT_RULES,
  INPUT_RULES,
  NO_RULES,
  PONG_RULES,
  RUN_RULES,
  SCOPE_RULES,
  WELCOME_RULES,
} from './rules.ts';
import { sameJudgement as sameJudgementCheck } from './same-judgement.ts';
import { secrets as secretsCheck } from './secrets.ts';
import { welcome as welcomeCheck } from './welcome.ts';
import { wellFormed as wellFormedCheck } from './well-formed.ts';

export type { AgentRunRules } from './agent-run.ts';
export { callOf, checkCalled } from './registered.ts';
export type { CheckCall } from './registered.ts';
export { BAD_INPUTS } from './bad-input.ts';
export type { BadInput } from './bad-input.ts';
export type { Budgets } from '../history/budgets.ts';
export { ENDPOINTS } from './endpoint.ts';
export type { EndpointName } from './endpoint.ts';
export type { Check, Verdict } from './verdict.ts';

/* Each check as specs ask for it: repeatable, so that a saved history can be judged again by the same ones. */

export const agentRun = registered('agent-run', RUN_RULES, agentRunCheck);
export const badInput = registered('bad-input', INPUT_RULES, badInputCheck);
export const closing = registered('closing', NO_RULES, closingCheck);
export const e2eHeadersAreNeutral = registered('e2e-headers', COMPARISON_RULES, e2eHeadersCheck);
export const endpoint = registered('endpoint', ENDPOINT_RULES, endpointCheck);
export const fanOut = registered('fan-out', SCOPE_RULES, fanOutCheck);
export const handshake = registered('handshake', SCOPE_RULES, handshakeCheck);
export const heartbeat = registered('heartbeat', PONG_RULES, heartbeatCheck);
export const isolation = registered('isolation', NO_RULES, isolationCheck);
export const preflight = registered('preflight', NO_RULES, preflightCheck);
export const refuses = registered('refuses', SCOPE_RULES, refusesCheck);
export const sameJudgement = registered('same-judgement', CREDENTIAL_RULES, sameJudgementCheck);
export const secrets = registered('secrets', NO_RULES, secretsCheck);
export const welcome = registered('welcome', WELCOME_RULES, welcomeCheck);
export const wellFormed = registered('well-formed', NO_RULES, wellFormedCheck);
