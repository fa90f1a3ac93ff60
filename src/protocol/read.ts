import type { AgentEvent } from './agent-events.ts';
import { agentEventNamed } from './agent-events.ts';
import { errorDetails } from './error-details.ts';
import { withExactIds } from './exact-ids.ts';
import type { JsonObject } from './fields.ts';
import { answerOf } from './answer.ts';
import { callIdsIn, fieldOf, FIELD_NAMES, isJsonObject, levelsOf, withMetadata } from './fields.ts';
import { isCanned } from './canned.ts';
import type { JsonFault } from './json-fault.ts';
import { jsonFaultIn } from './json-fault.ts';
import type { Meaning } from './meaning.ts';
import { meaningOf } from './meaning.ts';
import type { Message, UnreadableReason } from './message.ts';
import { failureOf } from './outcome.ts';
import { timestampMs } from './timestamps.ts';

/** The outcome of reading one text frame. */
export type Reading =
  | { readonly readable: true; readonly message: Message }
  | { readonly readable: false; readonly why: UnreadableReason; readonly fault?: JsonFault };

/** Reads one text frame of any protocol version. Never throws: `why` says what could not be read. */
export function read(text: string): Reading {
  if (text === '') return { readable: false, why: 'empty' };
  if (isNestedTooDeep(text)) return { readable: false, why: 'nested-too-deep' };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const parserSays = error instanceof Error ? error.message : String(error);
    return { readable: false, why: 'not-json', fault: jsonFaultIn(text, parserSays) };
  }
  return isJsonObject(value)
    ? { readable: true, message: messageOf(value, text) }
    : { readable: false, why: 'not-an-object' };
}

/** Messages of the product are nested ten levels deep at most; some thousand levels break every program that writes JSON. */
const DEEPEST = 100;

const CODES = { quote: 0x22, backslash: 0x5c, openings: [0x5b, 0x7b], closings: [0x5d, 0x7d] } as const;

/** Whether a JSON text has more than {@link DEEPEST} levels. One scan; brackets within strings do not count. */
function isNestedTooDeep(text: string): boolean {
  if (text.length <= DEEPEST) return false;
  let depth = 0;
  let isInString = false;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === CODES.quote) isInString = !isInString;
    else if (isInString) at += code === CODES.backslash ? 1 : 0;
    else if (code === CODES.openings[0] || code === CODES.openings[1]) depth += 1;
    else if (code === CODES.closings[0] || code === CODES.closings[1]) depth -= 1;
    if (depth > DEEPEST) return true;
  }
  return false;
}

/** Meanings whose messages are distinguished by ids. */
const KEEP_ALIVE: readonly Meaning[] = ['ping', 'pong', 'heartbeat', 'heartbeat-ack'];

const NO_ERROR = { errorCode: undefined, errorText: undefined };

function exactly(text: string): JsonObject {
  const root: unknown = JSON.parse(withExactIds(text));
  return isJsonObject(root) ? root : {};
}

/** `text` is what the object was read from; it is read again where a number in an id is too long to be exact. */
function messageOf(root: JsonObject, text?: string): Message {
  const type = typeof root['type'] === 'string' ? root['type'] : '';
  const plainMeaning = meaningOf(root, type);
  const event = plainMeaning === 'other' || plainMeaning === 'acknowledgement' ? eventOf(root, type) : undefined;
  const meaning = event === undefined ? plainMeaning : 'event';
  const levels = levelsOf(root);
  const isOfTool = event === 'tool_executing' || event === 'tool_completed';
  let isExact = true;
  const field = (spellings: readonly string[], when = true, places = levels): string | undefined => {
    const value = when ? fieldOf(places, spellings) : undefined;
    if (typeof value !== 'number') return value;
    isExact &&= Math.abs(value) <= Number.MAX_SAFE_INTEGER;
    return String(value);
  };
  const withContext = event === undefined ? levels : withMetadata(levels);
  const failed = meaning === 'error' || meaning === 'agent-failure';
  const { errorCode, errorText } = failed ? errorDetails(root) : NO_ERROR;
  const message: Message = {
    type,
    meaning,
    event,
    run: field(FIELD_NAMES.run),
    thread: field(FIELD_NAMES.thread),
    user: field(FIELD_NAMES.user) ?? field(FIELD_NAMES.user, true, contextsOf(levels)),
    agent: field(FIELD_NAMES.agent, event !== undefined, withContext),
    agentId: field(FIELD_NAMES.agentId, event !== undefined, withContext),
    tool: field(FIELD_NAMES.tool, isOfTool),
    toolCall: isOfTool ? field(callIdsIn(withContext), true, withContext) : undefined,
    toolId: field(['id'], isOfTool),
    thought: field(FIELD_NAMES.thought, event === 'agent_thinking'),
    answer: event === 'agent_completed' ? answerOf(withContext) : undefined,
    failure: event === 'agent_completed' ? failureOf(withContext) : undefined,
    sentId: field(FIELD_NAMES.id, KEEP_ALIVE.includes(meaning)),
    echo: field(FIELD_NAMES.echo, meaning === 'pong' || meaning === 'heartbeat-ack'),
    serverConnection: field(FIELD_NAMES.connection, meaning === 'welcome'),
    mode: field(['mode', 'isolation_mode'], meaning === 'welcome'),
    timestampMs: firstTimestamp(levels),
    errorCode,
    errorText,
    degraded: isDegraded(levels) ? true : undefined,
    canned: event !== undefined && isCanned(levels) ? true : undefined,
  };
  return isExact || text === undefined ? message : messageOf(exactly(text));
}

function eventOf(root: JsonObject, type: string): AgentEvent | undefined {
  const data = isJsonObject(root['data']) ? root['data'] : {};
  const payload = isJsonObject(root['payload']) ? root['payload'] : {};
  const inner = isJsonObject(data['payload']) ? data['payload'] : {};
  for (const name of [
    type,
    root['event'],
    data['event'],
    data['type'],
    payload['event'],
    payload['type'],
    inner['event'],
    inner['type'],
  ]) {
    const event = agentEventNamed(name);
    if (event !== undefined) return event;
  }
  return undefined;
}

const NO_CONTEXTS: readonly JsonObject[] = [];

/** Where a message may name its user besides: `user_context` (protocol notes §8.1 *c*). */
function contextsOf(levels: readonly JsonObject[]): readonly JsonObject[] {
  for (const { user_context: context } of levels) if (isJsonObject(context)) return [context];
  return NO_CONTEXTS;
}

function firstTimestamp(levels: readonly JsonObject[]): number | undefined {
  for (const level of levels) {
    const time = timestampMs(level['timestamp'] ?? level['server_time']);
    if (time !== undefined) return time;
  }
  return undefined;
}

function isDegraded(levels: readonly JsonObject[]): boolean {
  return levels.some((level) => level['event'] === 'degraded_mode' || level['event'] === 'degraded_mode_active');
}
