import type { AgentEvent } from './agent-events.ts';
import type { JsonObject } from './fields.ts';
import { isJsonObject } from './fields.ts';

/**
 * Where the product's browser client reads what it shows of an event: in `payload`, or in `data` where there is no payload
 * (protocol notes §12, seen with that client). The start of an agent shows nothing that has to be found.
 */
export const BROWSER_FIELDS: Readonly<Partial<Record<AgentEvent, readonly string[]>>> = {
  agent_thinking: ['reasoning', 'thought'],
  tool_executing: ['tool_name'],
  tool_completed: ['tool_name'],
  agent_completed: ['result'],
};

/** Whether the text of an event holds one of these fields where the browser client reads. */
export function holdsForBrowser(text: string, fields: readonly string[]): boolean {
  const root: unknown = JSON.parse(text);
  if (!isJsonObject(root)) return false;
  const body: JsonObject = [root['payload'], root['data']].find(isJsonObject) ?? {};
  return fields.some((field) => body[field] !== undefined && body[field] !== null && body[field] !== '');
}
