import { z } from 'zod';
import { AGENT_EVENTS } from '../protocol/agent-events.ts';
import { BAD_INPUTS } from './bad-input.ts';
import { ENDPOINTS } from './endpoint.ts';
import type { EndpointName } from './endpoint.ts';
import { STRICTNESSES } from './run/content.ts';
import { ORDER_MODES } from './run/order.ts';

/** The rules of the checks as plain values. Each shape is the list of arguments of one check. */

const names = z.array(z.string()).readonly();
const scope = z.object({ of: names.exactOptional() }).readonly();
const ms = z.number();

const runRules = z
  .object({
    of: names.exactOptional(),
    budgets: z.object({ firstEventBudgetMs: ms, eventGapBudgetMs: ms, runBudgetMs: ms }).readonly(),
    order: z.enum(ORDER_MODES),
    required: z.array(z.enum(AGENT_EVENTS)).readonly().exactOptional(),
    strictness: z.enum(STRICTNESSES).exactOptional(),
  })
  .readonly();

export const NO_RULES = z.tuple([]);
export const SCOPE_RULES = z.tuple([scope.default({})]);
export const RUN_RULES = z.tuple([runRules]);
export const WELCOME_RULES = z.tuple([z.object({ welcomeBudgetMs: ms }).readonly(), scope.default({})]);
export const PONG_RULES = z.tuple([z.object({ pongBudgetMs: ms }).readonly(), scope.default({})]);
export const INPUT_RULES = z.tuple([z.enum(BAD_INPUTS), scope.default({})]);
export const COMPARISON_RULES = z.tuple([
  z.object({ marked: z.string(), plain: z.string(), order: z.enum(ORDER_MODES) }).readonly(),
]);
export const CREDENTIAL_RULES = z.tuple([z.string()]);
export const ENDPOINT_RULES = z.tuple([
  z.custom<EndpointName>((name) => typeof name === 'string' && Object.hasOwn(ENDPOINTS, name)),
]);
