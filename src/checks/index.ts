/* What specs need to judge a history: each check by its name, and the lists of checks that usually go together. */

export type { AgentRunRules } from './agent-run.ts';
export { BAD_INPUTS } from '../protocol/bad-input.ts';
export type { BadInput } from '../protocol/bad-input.ts';
export type { Budgets } from '../history/budgets.ts';
export { promised } from './promised.ts';
export { LARGE_REQUEST_CHARACTERS } from '../protocol/client-promises.ts';
export { ENDPOINTS } from './endpoint.ts';
export type { EndpointName } from './endpoint.ts';
export * from './registry.ts';
export { alwaysOnChecks, conversationChecks } from './standard-checks.ts';
export type { Check, SavedCheck, Verdict } from './verdict.ts';
