import type { SliceResult } from './part-result.ts';
import type { Span } from './span.ts';
import { nameOfSpan } from './span.ts';

/** What is left of a slice that ended without a result: who was not judged, and why. */
export function lostSlice(span: Span, because: string): SliceResult {
  const unjudged = [{ span, because: `${nameOfSpan(span)}: ${because}` }];
  return { span, members: [], phases: {}, lag: {}, lagWindows: [], kept: [], unjudged, stopped: undefined };
}

/** The cause of a crash as a clause. */
export function crashed(error: unknown): string {
  return `its thread crashed: ${error instanceof Error ? error.message : String(error)}`;
}
