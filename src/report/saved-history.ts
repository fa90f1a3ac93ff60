import type { Entry, EntryOf, History } from '../history/entry.ts';
import { factOfText } from '../history/recorder.ts';

type Text = EntryOf<'sent'> | EntryOf<'received'>;

/** One entry as it is stored: without what can be read from its text again. */
export type SavedEntry = Exclude<Entry, Text> | Omit<Text, 'message'>;

/** The entries of a history as plain values for JSON; what a text says is left out, because the text says it. */
export function savedHistory(history: History): readonly SavedEntry[] {
  return history.map((entry) => {
    if (entry.kind !== 'sent' && entry.kind !== 'received') return entry;
    const { message: _, ...saved } = entry;
    return saved;
  });
}

/** The inverse of {@link savedHistory}: reads every text again. */
export function restoredHistory(saved: readonly SavedEntry[]): History {
  return saved.map((entry): Entry => {
    if (!('text' in entry)) return entry;
    const { index, atMs, connection, kind, text, bytes } = entry;
    return { index, atMs, connection, ...factOfText(kind, text, bytes) };
  });
}
