/** One JSON object as it came from the wire. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Whether a parsed JSON value is an object (not an array, not null). */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * The places where a field of a message may live, outermost first: root, `payload`, `data`, `data.payload`
 * (protocol notes §A.7).
 */
export function levelsOf(root: JsonObject): readonly JsonObject[] {
  const levels = [root];
  if (isJsonObject(root['payload'])) levels.push(root['payload']);
  const data = root['data'];
  if (isJsonObject(data)) {
    levels.push(data);
    if (isJsonObject(data['payload'])) levels.push(data['payload']);
  }
  return levels;
}

/** Accepted spellings of a field, the preferred one first (protocol notes §8.2). */
export const FIELD_NAMES = {
  run: ['run_id'],
  thread: ['thread_id'],
  user: ['user_id'],
  agent: ['agent_name', 'agent', 'agent_type', 'agent_id'],
  agentId: ['agent_id'],
  tool: ['tool_name', 'tool', 'name'],
  thought: ['reasoning', 'thought', 'thinking', 'content', 'message'],
  answer: ['final_response', 'result', 'results', 'response', 'content', 'message', 'summary'],
  id: ['message_id', 'id'],
  echo: ['original_timestamp', 'ping_id', 'correlation_id'],
  connection: ['connection_id'],
} as const;

/** Spellings of the id of one call of a tool. */
const CALL_IDS: ReadonlySet<string> = new Set([
  'execution_id',
  'tool_execution_id',
  'tool_call_id',
  'call_id',
  'tool_use_id',
  'tool_run_id',
  'tool_invocation_id',
  'invocation_id',
  'toolCallId',
  'callId',
  'toolUseId',
  'toolRunId',
  'executionId',
]);

/** The names of the id of one call of a tool that these levels use. */
export function callIdsIn(levels: readonly JsonObject[]): readonly string[] {
  return levels.flatMap((level) => Object.keys(level).filter((name) => CALL_IDS.has(name)));
}

/** The first value of a field that is a string or a number, spelling by spelling, each from the outermost level inwards. */
export function fieldOf(levels: readonly JsonObject[], spellings: readonly string[]): string | number | undefined {
  for (const spelling of spellings) {
    for (const level of levels) {
      const value = level[spelling];
      if ((typeof value === 'string' && value !== '') || typeof value === 'number') return value;
    }
  }
  return undefined;
}

/** The levels and, behind them, their `metadata`, where the emitter of beta-9 puts what it knows (protocol notes §8.1 *c*). */
export function withMetadata(levels: readonly JsonObject[]): readonly JsonObject[] {
  return [...levels, ...levels.flatMap(({ metadata }) => (isJsonObject(metadata) ? [metadata] : []))];
}

/** {@link fieldOf}, as text. */
export function textFieldOf(levels: readonly JsonObject[], spellings: readonly string[]): string | undefined {
  const value = fieldOf(levels, spellings);
  return value === undefined ? undefined : String(value);
}
