import { prefixEight } from './given-tokens.ts';
import { splitAtCommas } from './kinds.ts';
import { foundIn, named } from './reading.ts';
import type { Reading } from './reading.ts';

const NUMBER = '{n}';
const DIGITS = 5;
const SEEN_BY_THE_SERVER = 8;

/** The users that `TEST_USERS` names: a list of ids, or a pattern in which `{n}` becomes five base-36 digits. */
export function usersOf(testUsers: string): readonly string[] | { readonly pattern: string } {
  return testUsers.includes(NUMBER) ? { pattern: testUsers } : splitAtCommas(testUsers);
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
  const problems: string[] = [];
  const rest = pattern.replace(NUMBER, '');
  if (!/^[\w.@-]*$/.test(rest)) {
    problems.push(
      `${place}: expected one pattern of letters, digits and _ . @ - with ${NUMBER} once, got ${JSON.stringify(pattern)}.`,
    );
  }
  const most = SEEN_BY_THE_SERVER - DIGITS;
  if (pattern.indexOf(NUMBER) > most) {
    problems.push(
      `${place}: expected ${NUMBER}, ${DIGITS} digits, within the first eight characters, to which the server cuts user ids ` +
        `(protocol notes §5.4), got ${JSON.stringify(pattern)}. Put at most ${most} characters before ${NUMBER}.`,
    );
  }
  return problems;
}

function listProblems(reading: Reading, users: readonly string[]): readonly string[] {
  const place = named(reading, 'TEST_USERS');
  const problems: string[] = [];
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
        `${users.length}. Add users, lower CONNECTIONS, or use a pattern with ${NUMBER}.`,
    );
  }
  return problems;
}
