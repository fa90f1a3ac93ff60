import type { Identities, Identity, IdentityOptions, IdentityRefused } from '../../client/identities/identity.ts';
import { createIdentities } from '../../client/identities/identities.ts';
import type { Shard, UserRange } from '../observe/user-range.ts';

/** Worker slots of numbered users from here on belong to fleets; workers of ordinary specs stay below. */
const FIRST_SLOT = 800;
const USERS_PER_SLOT = 1000;

/** Tokens that are signed together: signing happens on another thread, and to wake it for one token costs more than the token. */
const SIGNED_TOGETHER = 64;

type Next = Pick<Identities, 'next'>;

/** Identities for a fleet: a virtual user is always the same test user, whichever process or thread runs it. */
export interface FleetIdentities {
  /** Identities of some virtual users, in their order. */
  of(range: UserRange): Next;
}

type FleetIdentityOptions = Pick<IdentityOptions, 'source' | 'users' | 'nowS' | 'slot' | 'slots'> & {
  readonly shard: Shard;
};

/**
 * Numbered users (a pattern, or e-mail addresses for the exchange) follow from the number of the virtual user, so
 * shards and threads never share one. A list of users or of given tokens is divided among the shards and their workers.
 */
export function fleetIdentities(options: FleetIdentityOptions): FleetIdentities {
  const numbered = options.source.kind === 'exchange' || (options.source.kind === 'mint' && 'pattern' in options.users);
  if (numbered) return { of: (range) => feed(options, range) };
  const { shard, slot, slots } = options;
  const shared = createIdentities({ ...options, slot: (shard.current - 1) * slots + slot, slots: slots * shard.of });
  return { of: () => shared };
}

/** An auth service is asked for one token at a time, when it is needed; what is signed here is signed ahead. */
function feed(options: FleetIdentityOptions, range: UserRange): Next {
  const identities = numberedIdentities(options, range);
  return options.source.kind === 'mint' ? ahead(identities, range.count) : identities;
}

function ahead({ next }: Next, count: number): Next {
  let taken = 0;
  let batch: Promise<readonly (Identity | IdentityRefused)[]> | undefined;
  return {
    async next() {
      const position = taken % SIGNED_TOGETHER;
      if (position === 0 || batch === undefined) {
        batch = Promise.all(Array.from({ length: Math.min(SIGNED_TOGETHER, count - taken) }, next));
      }
      taken += 1;
      return (await batch)[position] ?? next();
    },
  };
}

function numberedIdentities(options: FleetIdentityOptions, { first, count }: UserRange): Next {
  let number = first;
  let block = -1;
  let current: Identities | undefined;
  return {
    next() {
      if (number >= first + count)
        throw new RangeError(`Fleet: all ${count} identities of these virtual users are taken.`);
      const wanted = Math.floor(number / USERS_PER_SLOT);
      if (current === undefined || wanted !== block) {
        block = wanted;
        const start = number % USERS_PER_SLOT;
        current = createIdentities({ ...options, slot: FIRST_SLOT + block, workerIndex: FIRST_SLOT + block, start });
      }
      number += 1;
      return current.next();
    },
  };
}
