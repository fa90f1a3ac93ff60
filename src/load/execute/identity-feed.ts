import type { Identities, Identity, IdentityOptions, IdentityRefused } from '../../client/identities/identity.ts';
import { createIdentities } from '../../client/identities/identities.ts';
import type { Shard, UserRange } from '../observe/user-range.ts';

/** Lanes of the numbered users from here on belong to fleets; workers of ordinary specs stay below. */
const FIRST_LANE = 800;
const MEMBERS_PER_LANE = 1000;

/** Tokens that are signed together: signing happens on another thread, and to wake it for one token costs more than the token. */
const SIGNED_TOGETHER = 64;

type Next = Pick<Identities, 'next'>;

/** Identities for a fleet: the same member is the same user, whichever process or thread runs it. */
export interface FleetIdentities {
  /** Identities of some members, in their order. */
  of(span: UserRange): Next;
}

type FleetIdentityOptions = Pick<IdentityOptions, 'source' | 'users' | 'nowS' | 'lane' | 'lanes'> & {
  readonly part: Shard;
};

/**
 * Numbered users (a pattern, or e-mail addresses for the exchange) follow from the number of the member, so parts and
 * threads never share one. A list of users or of given tokens is divided among the parts and their workers.
 */
export function fleetIdentities(options: FleetIdentityOptions): FleetIdentities {
  const numbered = options.source.kind === 'exchange' || (options.source.kind === 'mint' && 'pattern' in options.users);
  if (numbered) return { of: (span) => feed(options, span) };
  const { part, lane, lanes } = options;
  const shared = createIdentities({ ...options, lane: (part.current - 1) * lanes + lane, lanes: lanes * part.of });
  return { of: () => shared };
}

/** An auth service is asked for one token at a time, when it is needed; what is signed here is signed ahead. */
function feed(options: FleetIdentityOptions, span: UserRange): Next {
  const identities = numberedIdentities(options, span);
  return options.source.kind === 'mint' ? ahead(identities, span.count) : identities;
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
      if (number >= first + count) throw new RangeError(`Fleet: all ${count} identities of these members are taken.`);
      const wanted = Math.floor(number / MEMBERS_PER_LANE);
      if (current === undefined || wanted !== block) {
        block = wanted;
        const start = number % MEMBERS_PER_LANE;
        current = createIdentities({ ...options, lane: FIRST_LANE + block, workerIndex: FIRST_LANE + block, start });
      }
      number += 1;
      return current.next();
    },
  };
}
