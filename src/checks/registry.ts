import { z } from 'zod';
import { AGENT_EVENTS } from '../protocol/agent-events.ts';
import { agentRun as agentRunCheck } from './agent-run.ts';
import { BAD_INPUTS } from '../protocol/bad-input.ts';
import { badInput as badInputCheck } from './bad-input.ts';
import { browserFields as browserFieldsCheck } from './browser-fields.ts';
import { closing as closingCheck } from './closing.ts';
import { e2eHeadersAreNeutral as e2eHeadersCheck } from './e2e-headers.ts';
import type { EndpointName } from './endpoint.ts';
import { ENDPOINTS, endpoint as endpointCheck } from './endpoint.ts';
import { earlyRequest as earlyRequestCheck } from './early-request.ts';
import { fanOut as fanOutCheck } from './fan-out.ts';
import { handshake as handshakeCheck } from './handshake.ts';
import { heartbeat as heartbeatCheck } from './heartbeat.ts';
import { isolation as isolationCheck } from './isolation.ts';
import { knownThread as knownThreadCheck } from './known-thread.ts';
import { octoberHandshake as octoberHandshakeCheck } from './october-handshake.ts';
import { preflight as preflightCheck } from './preflight.ts';
import { refuses as refusesCheck } from './refuses.ts';
import { STRICTNESSES } from './run/content.ts';
import { ORDER_MODES } from './run/order.ts';
import { sameJudgement as sameJudgementCheck } from './same-judgement.ts';
import { secrets as secretsCheck } from './secrets.ts';
import { sessionRestore as sessionRestoreCheck, threadCreated as threadCreatedCheck } from './session.ts';
import { stopAgent as stopAgentCheck } from './stop-agent.ts';
import { typedMessages as typedMessagesCheck } from './typed-messages.ts';
import type { Check, SavedCheck } from './verdict.ts';
import { welcome as welcomeCheck } from './welcome.ts';
import { wellFormed as wellFormedCheck } from './well-formed.ts';

/** Makes a check from its rules. The check carries its name and its rules, so that it can be saved and made again. */
export interface CheckFactory<Rules extends readonly unknown[], Name extends string = string> {
  (...rules: Rules): Check;
  /** The name under which a recording saves the check. */
  readonly checkName: Name;
  /** Makes the check from rules that were read from a file. Throws a `ZodError` when they are no rules of this check. */
  readonly fromSaved: (rules: readonly unknown[]) => Check;
}

/** `shape` reads the rules. It drops what it does not name, so that a spec may pass all its settings as rules. */
function saveable<Rules extends readonly unknown[], const Name extends string>(
  checkName: Name,
  shape: z.ZodType<NoInfer<Rules>>,
  factory: (...rules: Rules) => Check,
): CheckFactory<Rules, Name> {
  const make = (...rules: Rules): Check => {
    const check = factory(...rules);
    const savedAs: SavedCheck = { check: checkName, rules: shape.parse(rules) };
    return Object.assign((history: Parameters<Check>[0]) => check(history), { savedAs });
  };
  return Object.assign(make, { checkName, fromSaved: (rules: readonly unknown[]) => make(...shape.parse(rules)) });
}

const names = z.array(z.string()).readonly();
const scope = z.object({ of: names.exactOptional() }).readonly().default({});
const ms = z.number();
const orderMode = z.enum(ORDER_MODES);
const runBudgets = z.object({ firstEventBudgetMs: ms, eventGapBudgetMs: ms, runBudgetMs: ms }).readonly();
const runRules = z
  .object({
    of: names.exactOptional(),
    budgets: runBudgets,
    order: orderMode,
    required: z.array(z.enum(AGENT_EVENTS)).readonly().exactOptional(),
    strictness: z.enum(STRICTNESSES).exactOptional(),
  })
  .readonly();
const comparison = z.object({ marked: z.string(), plain: z.string(), order: orderMode }).readonly();
const endpointName = z.custom<EndpointName>((name) => typeof name === 'string' && Object.hasOwn(ENDPOINTS, name));

const NO_RULES = z.tuple([]);
const SCOPE = z.tuple([scope]);
const WELCOME_RULES = z.tuple([
  z.object({ welcomeBudgetMs: ms, connectBudgetMs: ms.exactOptional() }).readonly(),
  scope,
]);
const PONG_RULES = z.tuple([z.object({ pongBudgetMs: ms }).readonly(), scope]);

export const agentRun = saveable('agent-run', z.tuple([runRules]), agentRunCheck);
export const badInput = saveable('bad-input', z.tuple([z.enum(BAD_INPUTS), scope]), badInputCheck);
export const browserFields = saveable('browser-fields', SCOPE, browserFieldsCheck);
export const closing = saveable('closing', NO_RULES, closingCheck);
export const e2eHeadersAreNeutral = saveable('e2e-headers', z.tuple([comparison]), e2eHeadersCheck);
export const earlyRequest = saveable('early-request', SCOPE, earlyRequestCheck);
export const endpoint = saveable('endpoint', z.tuple([endpointName]), endpointCheck);
export const fanOut = saveable('fan-out', SCOPE, fanOutCheck);
export const handshake = saveable('handshake', SCOPE, handshakeCheck);
export const heartbeat = saveable('heartbeat', PONG_RULES, heartbeatCheck);
export const isolation = saveable('isolation', NO_RULES, isolationCheck);
export const knownThread = saveable('known-thread', NO_RULES, knownThreadCheck);
export const octoberHandshake = saveable('october-handshake', SCOPE, octoberHandshakeCheck);
export const preflight = saveable('preflight', NO_RULES, preflightCheck);
export const refuses = saveable('refuses', SCOPE, refusesCheck);
export const sameJudgement = saveable('same-judgement', z.tuple([z.string()]), sameJudgementCheck);
export const secrets = saveable('secrets', NO_RULES, secretsCheck);
export const sessionRestore = saveable('session-restore', SCOPE, sessionRestoreCheck);
export const stopAgent = saveable('stop-agent', SCOPE, stopAgentCheck);
export const threadCreated = saveable('thread-created', SCOPE, threadCreatedCheck);
export const typedMessages = saveable('typed-messages', SCOPE, typedMessagesCheck);
export const welcome = saveable('welcome', WELCOME_RULES, welcomeCheck);
export const wellFormed = saveable('well-formed', NO_RULES, wellFormedCheck);

/**
 * The checks that every test's history must satisfy (design rule 10), in the order in which they judge. They need no rules,
 * and have nothing to say about a history that does not concern them.
 */
export const ALWAYS_ON = [handshake, wellFormed, isolation, closing, secrets] as const;

/** Every check that a recording can name, in the order in which an error lists them. */
const ALL: readonly Pick<CheckFactory<readonly unknown[]>, 'checkName' | 'fromSaved'>[] = [
  agentRun,
  badInput,
  browserFields,
  closing,
  e2eHeadersAreNeutral,
  earlyRequest,
  endpoint,
  fanOut,
  handshake,
  heartbeat,
  isolation,
  knownThread,
  octoberHandshake,
  preflight,
  refuses,
  sameJudgement,
  secrets,
  sessionRestore,
  stopAgent,
  threadCreated,
  typedMessages,
  welcome,
  wellFormed,
];

/** Makes a saved check again. Throws when no check has its name, and when the rules are not rules of this check. */
export function checkFromSaved({ check, rules }: SavedCheck): Check {
  const factory = ALL.find(({ checkName }) => checkName === check);
  if (factory === undefined) {
    const known = ALL.map(({ checkName }) => checkName).join(', ');
    throw new Error(`Expected the name of a check, got "${check}". The checks are ${known}.`);
  }
  try {
    return factory.fromSaved(rules);
  } catch (cause) {
    throw new Error(`The rules of the check ${check} cannot be read: ${JSON.stringify(rules)}.`, { cause });
  }
}
