import { prefixEight } from './given-tokens.ts';
import {
  KEPT_CHARACTERS,
  NUMBER_DIGITS,
  NUMBER_MARK,
  USER_ID_FORMS,
  UUID_MARK,
  isAcceptedUserId,
} from '../src/protocol/user-ids.ts';
import { splitAtCommas } from './kinds.ts';
import { foundIn, named } from './reading.ts';
import type { Reading } from './reading.ts';

const ANY_UUID = '00000000-0000-4000-8000-000000000000';

/** The users that `TEST_USERS` names: a list of ids, or a pattern in which `{uuid}` or `{n}` differs from user to user. */
export function usersOf(testUsers: string): readonly string[] | { readonly pattern: string } {
  const isPattern = testUsers.includes(NUMBER_MARK) || testUsers.includes(UUID_MARK);
  return isPattern ? { pattern: testUsers } : splitAtCommas(testUsers);
}

/**
 * Test users must be told apart by their first eight characters, because welcomes are cut there (protocol notes §5.4), and
 * a list must be long enough for one user per connection. Not applied where the tokens themselves name the users.
 */
export function ruleOfUsers(reading: Reading): readonly string[] {
  if (foundIn(reading, 'E2E_OAUTH_SIMULATION_KEY') !== undefined) return [];
  if (reading.values.BACKEND_URL !== 'twin' && foundIn(reading, 'ACCESS_TOKEN') !== undefined) return [];
  const users = usersOf(reading.values.TEST_USERS);
  return 'pattern' in users ? patternProblems(reading, users.pattern) : listProblems(reading, users);
}

function patternProblems(reading: Reading, pattern: string): readonly string[] {
  const place = named(reading, 'TEST_USERS');
  const marks = pattern.split(UUID_MARK).length + pattern.split(NUMBER_MARK).length - 2;
  const rest = pattern.replace(UUID_MARK, '').replace(NUMBER_MARK, '');
  if (marks !== 1 || !/^[\w.@-]*$/.test(rest)) {
    return [
      `${place}: expected one pattern of letters, digits and _ . @ - with ${UUID_MARK} or ${NUMBER_MARK} once, got ${JSON.stringify(pattern)}.`,
    ];
  }
  const isUuid = pattern.includes(UUID_MARK);
  const most = isUuid ? 0 : KEPT_CHARACTERS - NUMBER_DIGITS;
  if (pattern.indexOf(isUuid ? UUID_MARK : NUMBER_MARK) > most) {
    const mark = isUuid ? UUID_MARK : `${NUMBER_MARK}, ${NUMBER_DIGITS} digits,`;
    return [
      `${place}: expected ${mark} within the first eight characters, to which the server cuts user ids ` +
        `(protocol notes §5.4), got ${JSON.stringify(pattern)}. Put at most ${most} characters before it.`,
    ];
  }
  const example = pattern.replace(UUID_MARK, ANY_UUID).replace(NUMBER_MARK, '0'.repeat(NUMBER_DIGITS));
  return formProblems(place, example, pattern);
}

/** The server ends the connections of a user whose id has another form (observed on beta-9). */
function formProblems(place: string, userId: string, written = userId): readonly string[] {
  if (isAcceptedUserId(userId)) return [];
  return [
    `${place}: expected user ids of a form that the server accepts (beta-9: ${USER_ID_FORMS}), got ${JSON.stringify(written)}; ` +
      `it ends the connections of others with 1011. Use ${UUID_MARK}, which becomes a UUID, or e2e-${NUMBER_MARK}.`,
  ];
}

function listProblems(reading: Reading, users: readonly string[]): readonly string[] {
  const place = named(reading, 'TEST_USERS');
  const problems = users.flatMap((user) => formProblems(place, user));
  const first = new Map<string, string>();
  for (const user of users) {
    const other = first.get(prefixEight(user));
    if (other === undefined) first.set(prefixEight(user), user);
    else {
      problems.push(
        `${place}: expected users that differ in their first eight characters, to which the server cuts them ` +
          `(protocol notes §5.4), got ${JSON.stringify(other)} and ${JSON.stringify(user)}. Rename one of them.`,
      );
    }
  }
  const needed = reading.values.CONNECTIONS;
  if (users.length < needed && !reading.broken.has('CONNECTIONS')) {
    problems.push(
      `${place}: expected a user for each of the ${needed} connections of ${named(reading, 'CONNECTIONS')}, got ` +
        `${users.length}. Add users, lower CONNECTIONS, or use the pattern ${UUID_MARK}.`,
    );
  }
  return problems;
}
