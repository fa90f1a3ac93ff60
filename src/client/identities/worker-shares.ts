/** Gives the items of a list, each once until `recycle`. */
export interface SlotShare<Item> {
  /** The next item of this slot, or undefined when its share is used up. */
  take(): Item | undefined;
  /** Lets the items be handed out again, from the first. */
  recycle(): void;
  /** How many items the slot has. */
  readonly size: number;
}

/** The share of one slot in a list: every `slots`-th item, so that no item belongs to two slots. */
export function slotShare<Item>(list: readonly Item[], slot: number, slots: number): SlotShare<Item> {
  if (!Number.isInteger(slot) || slot < 0 || slot >= slots) {
    throw new RangeError(`Share of a list: expected a slot from 0 to ${slots - 1}, got ${slot}.`);
  }
  const share = list.filter((_, index) => index % slots === slot);
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
const SLOT_DIGITS = 2;

/** How many slots there are: as many as two base-36 digits can count. */
const SLOTS = BASE ** SLOT_DIGITS;

/**
 * Numbers of users, in base 36 and zero padded to `digits`; no number comes twice, within a slot or in another slot.
 * `start` shifts all slots alike, so that a run can avoid the users of the run before. Gives undefined when the
 * slot is used up. Throws a `RangeError` when `slot` is not one of the 1296.
 */
export function userNumbers(of: { slot: number; digits: number; start?: number }): () => string | undefined {
  if (!Number.isInteger(of.slot) || of.slot < 0 || of.slot >= SLOTS) {
    throw new RangeError(`Slot of user numbers: expected 0 to ${SLOTS - 1}, got ${of.slot}. Pass a worker index.`);
  }
  const perSlot = BASE ** (of.digits - SLOT_DIGITS);
  let taken = 0;
  return () => {
    if (taken === perSlot) return undefined;
    const number = ((of.start ?? 0) + of.slot * perSlot + taken) % BASE ** of.digits;
    taken += 1;
    return number.toString(BASE).padStart(of.digits, '0');
  };
}
