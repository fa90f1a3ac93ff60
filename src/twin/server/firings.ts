import type { Fire } from './fault-engine.ts';
import type { WritableJournal } from './journal.ts';

/** One moment at which a fault really changed something. `atMs` is on the twin's clock. */
export interface FaultFiring {
  readonly name: string;
  /** The frame, connection or stage that was hit. */
  readonly hit: string;
  readonly clientPort: number | undefined;
  readonly atMs: number;
}

/** Tells the journal and every listener of each firing. */
export interface Firings {
  readonly fire: Fire;
  /** Calls `listener` with every later firing, until the returned function is called. */
  onFault(listener: (firing: FaultFiring) => void): () => void;
}

export function createFirings(journal: WritableJournal): Firings {
  const listeners = new Set<(firing: FaultFiring) => void>();
  return {
    fire(mark, clientPort) {
      const { atMs } = journal.note(clientPort, { kind: 'fault', ...mark });
      for (const listener of listeners) listener({ ...mark, clientPort, atMs });
    },
    onFault(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
