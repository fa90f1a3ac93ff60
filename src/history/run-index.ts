import type { History } from './entry.ts';
import type { Delivery, Run, Runs } from './runs.ts';
import { runsOf } from './runs.ts';

interface RunIndex {
  readonly asked: ReadonlyMap<string, readonly Run[]>;
  readonly delivered: ReadonlyMap<string, readonly Delivery[]>;
}

const INDICES = new WeakMap<Runs, RunIndex>();
const NOTHING = [] as const;

/** The runs that were asked for on one connection, in order. */
export function runsAskedOn(history: History, connection: string): readonly Run[] {
  return indexOf(runsOf(history)).asked.get(connection) ?? NOTHING;
}

/** What one connection received of any run, in order of the requests. */
export function deliveriesTo(history: History, connection: string): readonly Delivery[] {
  return indexOf(runsOf(history)).delivered.get(connection) ?? NOTHING;
}

function indexOf(found: Runs): RunIndex {
  const known = INDICES.get(found);
  if (known !== undefined) return known;
  const asked = new Map<string, Run[]>();
  const delivered = new Map<string, Delivery[]>();
  for (const run of found.runs) {
    append(asked, run.connection, run);
    for (const delivery of run.deliveries.values()) append(delivered, delivery.connection, delivery);
  }
  const index = { asked, delivered };
  INDICES.set(found, index);
  return index;
}

function append<Item>(lists: Map<string, Item[]>, key: string, item: Item): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [item]);
  else list.push(item);
}
