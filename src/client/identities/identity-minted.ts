import type { Identities, Identity, IdentityOptions } from './identity.ts';
import { mintToken } from './mint.ts';
import { NUMBER_DIGITS, NUMBER_MARK, UUID_MARK } from '../../protocol/user-ids.ts';
import { userUuid } from './user-uuid.ts';
import { slotShare, userNumbers } from './worker-shares.ts';

/** Numbers of users that are told apart by their UUIDs. */
const DIGITS_BEHIND_UUID = 5;

/** Identities whose tokens are signed here; the users are those of `TEST_USERS`. */
export function mintedIdentities(options: IdentityOptions<{ kind: 'mint'; secret: string }>): Identities {
  const { source, nowS } = options;
  const users =
    'pattern' in options.users ? patternUsers(options, options.users.pattern) : listUsers(options, options.users);
  const identityOf = async (userId: string): Promise<Identity> => ({
    userId,
    token: await mintToken({ secret: source.secret, userId, nowS: nowS() }),
    source: 'minted',
  });
  return {
    recycle: users.recycle,
    next: async () => {
      const userId = users.take();
      return userId === undefined ? { because: users.because } : identityOf(userId);
    },
    renew: ({ userId }) => identityOf(userId),
  };
}

interface Users {
  take(): string | undefined;
  recycle(): void;
  /** Why `take` gives undefined. */
  readonly because: string;
}

function patternUsers(options: Omit<IdentityOptions, 'source'>, pattern: string): Users {
  const { slot, workerIndex, start = 0 } = options;
  const digits = pattern.includes(UUID_MARK) ? DIGITS_BEHIND_UUID : NUMBER_DIGITS;
  const numbers = userNumbers({ slot: workerIndex ?? slot, digits, start });
  return {
    recycle: () => undefined,
    take: () => {
      const number = numbers();
      if (number === undefined) return undefined;
      return pattern.replace(UUID_MARK, userUuid(number)).replace(NUMBER_MARK, number);
    },
    because: `Test users: the pattern ${pattern} has no more numbers for this worker. Start the run again.`,
  };
}

function listUsers(options: Omit<IdentityOptions, 'source'>, list: readonly string[]): Users {
  const share = slotShare(list, options.slot, options.slots);
  return {
    recycle: share.recycle,
    take: share.take,
    because:
      `Test users: expected one more user, but all ${share.size} of this worker are in use (TEST_USERS lists ${list.length} for ` +
      `${options.slots} workers). Add users, use a pattern with {uuid}, or run with --workers=1.`,
  };
}
