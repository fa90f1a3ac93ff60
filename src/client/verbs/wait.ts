import type { Entry, EntryOf, WaitLimit } from '../../history/entry.ts';
import type { Recorder } from '../../history/recorder.ts';

/** What ends a wait on one connection, and how long it may take. All spans are milliseconds. */
export interface Wait {
  readonly connection: string;
  readonly until: (entry: Entry) => boolean;
  /** Only entries from this index on count. */
  readonly from: number;
  readonly totalMs: number;
  /** Longest pause between two steps of progress, given how many there were. */
  readonly gapMs?: (steps: number) => number;
  readonly isProgress?: (entry: Entry) => boolean;
  /** Longest silence of the whole connection. */
  readonly idleMs?: number;
}

/** How a wait ended. A deadline is not recorded here: the caller knows what it waited for. */
export type WaitEnding =
  | { readonly by: 'message' | 'close' | 'error'; readonly entry: Entry }
  | { readonly by: 'deadline'; readonly limit: WaitLimit; readonly afterMs: number; readonly lastSeen?: number };

/** Waits until something arrives, the connection ends, or one of three limits runs out. Never throws. */
export function waitFor(recorder: Recorder, wait: Wait, clock: () => number): Promise<WaitEnding> {
  const past = recorder.history.slice(wait.from).filter((entry) => entry.connection === wait.connection);
  for (const entry of past) {
    const ending = endingOf(entry, wait);
    if (ending !== undefined) return Promise.resolve(ending);
  }
  return new Promise((resolve) => {
    const limits = limitsOf(wait, clock, past);
    let timer: NodeJS.Timeout | undefined;
    let ended = false;
    const stop = (ending: WaitEnding): void => {
      ended = true;
      clearTimeout(timer);
      unwatch();
      resolve(ending);
    };
    const arm = (): void => {
      const { inMs } = limits.next();
      if (inMs <= 0) setImmediate(expire);
      else timer = setTimeout(arm, Math.ceil(inMs));
    };
    /** Timers run before sockets are read: what arrived in time while this process was busy must be read first. */
    const expire = (): void => {
      if (ended) return;
      const { limit, inMs } = limits.next();
      if (inMs > 0) arm();
      else stop({ by: 'deadline', limit, ...limits.spent(limit) });
    };
    const unwatch = recorder.watch(wait.connection, (entry) => {
      limits.see(entry);
      const ending = endingOf(entry, wait);
      if (ending !== undefined) stop(ending);
    });
    arm();
  });
}

function endingOf(entry: Entry, { until }: Wait): WaitEnding | undefined {
  if (until(entry)) return { by: 'message', entry };
  if (entry.kind === 'closed') return { by: 'close', entry };
  return entry.kind === 'refused' ? { by: 'error', entry } : undefined;
}

/** Keeps the three limits of a wait: total, gap and idle. */
function limitsOf(wait: Wait, clock: () => number, past: readonly Entry[]) {
  const started = clock();
  let progressed = started;
  let arrived = started;
  let steps = 0;
  let last = past.findLast(isArrival);
  const see = (entry: Entry): void => {
    if (!isArrival(entry)) return;
    arrived = entry.atMs;
    last = entry;
    if (wait.isProgress?.(entry) !== true) return;
    progressed = entry.atMs;
    steps += 1;
  };
  for (const entry of past) if (wait.isProgress?.(entry) === true) steps += 1;
  const since: Readonly<Record<WaitLimit, () => number>> = {
    total: () => started,
    gap: () => progressed,
    idle: () => arrived,
  };
  return {
    see,
    next(): { limit: WaitLimit; inMs: number } {
      const now = clock();
      const due = [
        { limit: 'gap' as const, inMs: progressed + (wait.gapMs?.(steps) ?? Infinity) - now },
        { limit: 'total' as const, inMs: started + wait.totalMs - now },
        { limit: 'idle' as const, inMs: arrived + (wait.idleMs ?? Infinity) - now },
      ];
      return due.reduce((soonest, candidate) => (candidate.inMs < soonest.inMs ? candidate : soonest));
    },
    spent: (limit: WaitLimit) => ({
      afterMs: clock() - since[limit](),
      ...(last !== undefined && { lastSeen: last.index }),
    }),
  };
}

function isArrival(entry: Entry): entry is EntryOf<'received'> | EntryOf<'control'> | EntryOf<'unreadable'> {
  return (
    entry.kind === 'received' ||
    ((entry.kind === 'control' || entry.kind === 'unreadable') && entry.direction === 'received')
  );
}
