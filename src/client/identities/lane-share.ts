/** Hands out the items of a list, each once until `recycle`. */
export interface LaneShare<Item> {
  /** The next item of this lane, or undefined when its share is used up. */
  take(): Item | undefined;
  /** Lets the items be handed out again, from the first. */
  recycle(): void;
  /** How many items the lane has. */
  readonly size: number;
}

/** The share of one lane in a list: every `lanes`-th item, so that no item belongs to two lanes. */
export function laneShare<Item>(list: readonly Item[], lane: number, lanes: number): LaneShare<Item> {
  if (!Number.isInteger(lane) || lane < 0 || lane >= lanes) {
    throw new RangeError(`Share of a list: expected a lane from 0 to ${lanes - 1}, got ${lane}.`);
  }
  const share = list.filter((_, index) => index % lanes === lane);
  let taken = 0;
  return {
    size: share.length,
    recycle: () => {
      taken = 0;
    },
    take: () => {
      const item = share[taken];
      taken += 1;
      return item;
    },
  };
}
