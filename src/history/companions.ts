import type { Entry, EntryOf } from './entry.ts';

/** Bookkeeping that may come at any time: threads are renamed, clean-up and logs follow a run (protocol notes §8.5). */
const BOOKKEEPING = /^(?:thread_|cleanup_|backend_log$)/;

/** Messages that accompany a run by their type alone (protocol notes §8.5). */
const OF_A_RUN =
  /^(?:stream_chunk|partial_result|final_report|progress_update|agent_(?:progress|update|status_update|response\w*)|chunk_response\w*)$/;

/**
 * Whether an entry is a message beside the five events that may belong to a run: a chunk, progress, a report. Not every one
 * names its run.
 */
export function isCompanion(entry: Entry): entry is EntryOf<'received'> {
  return entry.kind === 'received' && entry.message.meaning === 'other' && !BOOKKEEPING.test(entry.message.type);
}

/** Whether a message says by its type that an agent is at work, whatever it names. */
export function accompaniesARun({ message }: EntryOf<'received'>): boolean {
  return OF_A_RUN.test(message.type);
}
