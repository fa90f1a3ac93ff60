import type { JsonObject } from './fields.ts';
import { FIELD_NAMES, textFieldOf } from './fields.ts';

const FALLBACK_TOOL = 'response_generator';
const FALLBACK_ANSWER = 'Agent processed your message:';
const FALLBACK_MARKS = ['emergency_mode', 'system_maintenance', 'fallback_response'];

/**
 * Whether an event was fabricated by the fallback handler: its generic tool, its stock answer, or one of its marks
 * (failure notes FM-60).
 */
export function isCanned(levels: readonly JsonObject[]): boolean {
  if (textFieldOf(levels, FIELD_NAMES.tool) === FALLBACK_TOOL) return true;
  if (textFieldOf(levels, FIELD_NAMES.answer)?.startsWith(FALLBACK_ANSWER) === true) return true;
  return levels.some((level) => FALLBACK_MARKS.some((mark) => level[mark] === true || level['type'] === mark));
}
