import type { EntryOf } from '../history/entry.ts';
import type { Judgement } from './judgement.ts';

const SAYS_DEGRADED = /"status"\s*:\s*"degraded"/;

/** A health answer that says `degraded` is a note, not a failure (failure notes FM-73). */
export function noteDegradedAnswer(judging: Judgement, { target, body, index }: EntryOf<'probe'>): void {
  if (!SAYS_DEGRADED.test(body ?? '')) return;
  judging.note({ code: 'degraded', because: `${target} says "degraded"`, entries: [index] });
}
