import type { Mark } from '../behaviour/plan.ts';

/** What happened on one connection of the twin, or beside it. */
export type JournalFact =
  | { readonly kind: 'upgrade'; readonly path: string; readonly subprotocol: string; readonly userId: string }
  /** An upgrade request that got no socket; status 0 when it got no answer. */
  | { readonly kind: 'refusal'; readonly path: string; readonly status: number }
  | { readonly kind: 'text'; readonly label: string; readonly text: string }
  | { readonly kind: 'binary' | 'raw'; readonly label: string; readonly hex: string }
  | {
      readonly kind: 'control';
      readonly direction: 'sent' | 'received';
      readonly opcode: 'ping' | 'pong';
      readonly payload: string;
    }
  | { readonly kind: 'received'; readonly text: string; readonly binary: boolean }
  /** A close frame; code 1005 when it carried none. */
  | {
      readonly kind: 'close';
      readonly direction: 'sent' | 'received';
      readonly code: number;
      readonly reason: string;
    }
  | { readonly kind: 'cut'; readonly label: string }
  | { readonly kind: 'http'; readonly method: string; readonly path: string; readonly status: number }
  | { readonly kind: 'fault'; readonly name: string; readonly hit: string };

/** `clientPort` is the TCP port of the client, which pairs the entry with the client's own record. `atMs` is monotonic. */
export type JournalEntry = { readonly atMs: number; readonly clientPort: number | undefined } & JournalFact;

/** What the twin really put on the wire and took from it, in order. */
export interface Journal {
  readonly entries: readonly JournalEntry[];
  /** The entries of the connection from one client port, in order. */
  of(clientPort: number): readonly JournalEntry[];
  /** How often a fault really changed something. */
  fired(name: string): number;
}

/** The side of the journal that the twin writes to. */
export interface WritableJournal extends Journal {
  note(clientPort: number | undefined, fact: JournalFact): JournalEntry;
}

/** `faults` keeps faults alone: bounded, for thousands of connections. */
export type JournalMode = 'full' | 'faults';

/** A journal that stamps its entries with `clock`. */
export function createJournal(clock: () => number, mode: JournalMode): WritableJournal {
  const entries: JournalEntry[] = [];
  const firings = new Map<string, number>();
  return {
    entries,
    of: (clientPort) => entries.filter((entry) => entry.clientPort === clientPort),
    fired: (name) => firings.get(name) ?? 0,
    note(clientPort, fact) {
      const entry: JournalEntry = { atMs: clock(), clientPort, ...fact };
      if (fact.kind === 'fault') firings.set(fact.name, (firings.get(fact.name) ?? 0) + 1);
      if (mode === 'full' || fact.kind === 'fault') entries.push(entry);
      return entry;
    },
  };
}

/** Reports that a fault really changed something. */
export type Fire = (mark: Mark, clientPort: number | undefined) => void;

/** One moment at which a fault really changed something. `atMs` is on the twin's clock. */
export interface FaultFiring {
  readonly name: string;
  /** The frame, connection or stage that was hit. */
  readonly hit: string;
  readonly clientPort: number | undefined;
  readonly atMs: number;
}

/** Reports each firing to the journal and to every listener. */
export interface Firings {
  readonly fire: Fire;
  /** Calls `listener` with every later firing, until the returned function is called. */
  onFault(listener: (firing: FaultFiring) => void): () => void;
}

/** Firings that are noted in this journal. */
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
