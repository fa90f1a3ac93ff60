import type { AgentEvent } from './agent-events.ts';
import { agentEventNamed } from './agent-events.ts';
import { errorDetails } from './error-details.ts';
import type { JsonObject } from './fields.ts';
import { answerOf, FIELD_NAMES, isJsonObject, levelsOf, textFieldOf, withMetadata } from './fields.ts';
import { isCanned } from './canned.ts';
import type { Meaning } from './meaning.ts';
import { meaningOf } from './meaning.ts';
import type { Message, UnreadableReason } from './message.ts';
import { timestampMs } from './timestamps.ts';

/** The outcome of reading one text frame. */
export type Reading =
  | { readonly readable: true; readonly message: Message }
  | { readonly readable: false; readonly why: UnreadableReason };

/** Reads one text frame of any protocol version. Never throws: `why` says what could not be read. */
export function read(text: string): Reading {
  if (text === '') return { readable: false, why: 'empty' };
  if (isNestedTooDeep(text)) return { readable: false, why: 'nested-too-deep' };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { readable: false, why: 'not-json' };
  }
  return isJsonObject(value)
    ? { readable: true, message: messageOf(value) }
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

function messageOf(root: JsonObject): Message {
  const type = typeof root['type'] === 'string' ? root['type'] : '';
  const plainMeaning = meaningOf(root, type);
  const event = plainMeaning === 'other' || plainMeaning === 'acknowledgement' ? eventOf(root, type) : undefined;
  const meaning = event === undefined ? plainMeaning : 'event';
  const levels = levelsOf(root);
  const field = (spellings: readonly string[], when = true): string | undefined =>
    when ? textFieldOf(levels, spellings) : undefined;
  const failed = meaning === 'error' || meaning === 'agent-failure';
  const { errorCode, errorText } = failed ? errorDetails(root) : NO_ERROR;
  return {
    type,
    meaning,
    event,
    run: field(FIELD_NAMES.run),
    thread: field(FIELD_NAMES.thread),
    user: field(FIELD_NAMES.user) ?? userOfContext(levels),
    agent: event === undefined ? undefined : textFieldOf(withMetadata(levels), FIELD_NAMES.agent),
    tool: field(FIELD_NAMES.tool, event === 'tool_executing' || event === 'tool_completed'),
    toolExecution: field(FIELD_NAMES.toolExecution, event !== undefined),
    thought: field(FIELD_NAMES.thought, event === 'agent_thinking'),
    answer: event === 'agent_completed' ? answerOf(levels) : undefined,
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

function userOfContext(levels: readonly JsonObject[]): string | undefined {
  for (const level of levels) {
    const context = level['user_context'];
    if (isJsonObject(context) && typeof context['user_id'] === 'string') return context['user_id'];
  }
  return undefined;
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
