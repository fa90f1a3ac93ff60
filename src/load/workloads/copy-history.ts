import type { Entry, Fact, History } from '../../history/entry.ts';
import type { Recorder } from '../../history/recorder.ts';

/** Records the entries of another history once more, all sockets under one name. Returns their new indices. */
export function copyInto(recorder: Recorder, history: History, name: string): readonly number[] {
  const offset = recorder.history.length;
  return history.map((entry) => {
    const connection = entry.connection === '' ? '' : name;
    return recorder.record(connection, factOf(entry, offset), entry.atMs).index;
  });
}

/** What an entry says, without when and where; a deadline refers to entries by their index. */
function factOf(entry: Entry, offset: number): Fact {
  const { index: _, atMs: __, connection: ___, ...fact } = entry;
  return fact.kind === 'deadline' && fact.lastSeen !== undefined ? { ...fact, lastSeen: fact.lastSeen + offset } : fact;
}
