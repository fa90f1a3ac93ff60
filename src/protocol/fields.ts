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
  agent: ['agent_name', 'agent_id', 'agent', 'agent_type'],
  tool: ['tool_name', 'tool', 'name'],
  toolExecution: ['execution_id', 'tool_execution_id', 'tool_call_id'],
  thought: ['reasoning', 'thought', 'thinking', 'content', 'message'],
  answer: ['final_response', 'result', 'results', 'response', 'content', 'message', 'summary'],
  id: ['message_id', 'id'],
  echo: ['original_timestamp', 'ping_id', 'correlation_id'],
  connection: ['connection_id'],
} as const;

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

/** What an answer is called inside of an object that holds it (protocol notes §8.2, observed on beta-9). */
const INSIDE_AN_ANSWER = ['final_response', 'answer', 'response', 'content', 'message', 'summary'];

/**
 * The answer of an agent: `payload.final_response`, `payload.result.final_response`, `payload.results.answer`,
 * `data.metadata.final_response`, or any of {@link FIELD_NAMES.answer} (protocol notes §8.2).
 */
export function answerOf(levels: readonly JsonObject[]): string | undefined {
  const everywhere = withMetadata(levels);
  for (const spelling of FIELD_NAMES.answer) {
    for (const level of everywhere) {
      const value = level[spelling];
      const answer = isJsonObject(value) ? textFieldOf([value], INSIDE_AN_ANSWER) : textFieldOf([level], [spelling]);
      if (answer !== undefined) return answer;
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
