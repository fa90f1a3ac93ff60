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

const BASE = 36;
const LANE_DIGITS = 2;

/** How many lanes there are: as many as two base-36 digits can tell apart. */
export const LANES = BASE ** LANE_DIGITS;

/**
 * Numbers of users, in base 36 and zero padded to `digits`; no number comes twice, within a lane or in another lane.
 * `start` shifts all lanes alike, so that a run can keep away from the users of the run before. Gives undefined when the
 * lane is used up. Throws a `RangeError` when `lane` is not one of the 1296.
 */
export function userNumbers(of: { lane: number; digits: number; start?: number }): () => string | undefined {
  if (!Number.isInteger(of.lane) || of.lane < 0 || of.lane >= LANES) {
    throw new RangeError(`Lane of user numbers: expected 0 to ${LANES - 1}, got ${of.lane}. Pass a worker index.`);
  }
  const perLane = BASE ** (of.digits - LANE_DIGITS);
  let taken = 0;
  return () => {
    if (taken === perLane) return undefined;
    const number = ((of.start ?? 0) + of.lane * perLane + taken) % BASE ** of.digits;
    taken += 1;
    return number.toString(BASE).padStart(of.digits, '0');
  };
}
