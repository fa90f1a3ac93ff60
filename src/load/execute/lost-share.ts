import type { ShareResult } from './shard-result.ts';
import type { UserRange } from './user-range.ts';
import { nameOfRange } from './user-range.ts';

/** What is left of a slice that ended without a result: who was not judged, and why. */
export function lostShare(span: UserRange, because: string): ShareResult {
  const unjudged = [{ span, because: `${nameOfRange(span)}: ${because}` }];
  return { span, members: [], phases: {}, lag: {}, lagWindows: [], kept: [], unjudged, stopped: undefined };
}

/** The cause of a crash as a clause. */
export function crashed(error: unknown): string {
  return `its thread crashed: ${error instanceof Error ? error.message : String(error)}`;
}
