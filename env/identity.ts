import { decodeJwt } from 'jose';
import {
  isAcceptedUserId,
  KEPT_CHARACTERS,
  NUMBER_DIGITS,
  NUMBER_MARK,
  USER_ID_FORMS,
  UUID_MARK,
} from '../src/protocol/user-ids.ts';
import { commaList, headerSecret, oneOf, optional, secretText, splitAtCommas, text, withDefault } from './rows.ts';
import type { ValuesOf } from './rows.ts';
import { envFileName, foundIn, fullName, named, prefixOf, secretsFileName } from './sources.ts';
import type { SettingsReading } from './sources.ts';
import type { TargetValues } from './target.ts';

/** Where a client puts its token: `Authorization: Bearer`, `Sec-WebSocket-Protocol: jwt.…`, or in both. */
export const AUTH_CARRIERS = ['header', 'subprotocol', 'both'] as const;

/** Who the clients are, and how they get their tokens. Exactly one of the three secrets is needed for a remote target. */
export const IDENTITY_VARIABLES = {
  JWT_SECRET: optional(secretText(32), {
    about: 'Secret that the deployment verifies its HS256 tokens with: tokens are minted. At least 32 characters.',
    secret: true,
  }),
  E2E_OAUTH_SIMULATION_KEY: optional(headerSecret(8), {
    about: 'Key that the auth service exchanges for tokens at POST /auth/e2e/test-auth. Needs AUTH_URL.',
    secret: true,
  }),
  ACCESS_TOKEN: optional(commaList(), {
    about: 'Comma list of ready access tokens (JWT), each of another user.',
    secret: true,
  }),
  TEST_USERS: withDefault(text(), '{uuid}', {
    about:
      'Comma list of user ids, or a pattern in which {uuid} becomes a UUID, or {n} four base-36 digits. ' +
      'Ids differ within their first 8 characters, and have a form that the server accepts.',
  }),
  AUTH_CARRIER: withDefault(oneOf(AUTH_CARRIERS), 'both', {
    about: 'Where a client puts its token: header, subprotocol or both.',
  }),
};

type IdentityValues = ValuesOf<typeof IDENTITY_VARIABLES> & TargetValues;

/** How clients get their tokens. `twin`: minted with the twin's own random secret. */
export type TokenSource =
  | { readonly kind: 'mint'; readonly secret: string }
  | { readonly kind: 'exchange'; readonly simulationKey: string }
  | { readonly kind: 'given'; readonly tokens: readonly string[] }
  | { readonly kind: 'twin' };

/**
 * The way the variables ask for. On the twin only the exchange can be asked for, so that it can be rehearsed; a secret or a
 * token of the remote deployment would mean nothing there.
 */
export function tokenSourceOf(values: IdentityValues): TokenSource {
  const { E2E_OAUTH_SIMULATION_KEY: simulationKey, JWT_SECRET: secret, ACCESS_TOKEN: tokens } = values;
  if (simulationKey !== undefined) return { kind: 'exchange', simulationKey };
  if (values.BACKEND_URL === 'twin') return { kind: 'twin' };
  if (secret !== undefined) return { kind: 'mint', secret };
  if (tokens !== undefined) return { kind: 'given', tokens };
  throw new TypeError('Token source: expected ruleOfTokens to have refused a remote target without a token.');
}

/** The three ways to get a token. */
const TOKEN_VARIABLES = ['JWT_SECRET', 'E2E_OAUTH_SIMULATION_KEY', 'ACCESS_TOKEN'] as const;

/** A remote target needs exactly one way to get a token; the twin needs none. */
export function ruleOfTokens(reading: SettingsReading<IdentityValues>): readonly string[] {
  if (reading.values.BACKEND_URL === 'twin' || reading.broken.has('BACKEND_URL')) return [];
  const present = TOKEN_VARIABLES.filter((name) => foundIn(reading, name) !== undefined);
  if (present.length === 0) return [noToken(reading.project)];
  const problems: string[] = [];
  if (present.length > 1) {
    const list = present.map((name) => named(reading, name)).join(', ');
    problems.push(`${list}: expected exactly one way to get a token, got ${present.length}. Remove all but one.`);
  }
  if (present.includes('E2E_OAUTH_SIMULATION_KEY') && foundIn(reading, 'AUTH_URL') === undefined) {
    problems.push(
      `${fullName(reading.project, 'AUTH_URL')}: expected the address of the auth service, which ` +
        `${named(reading, 'E2E_OAUTH_SIMULATION_KEY')} needs, found nothing. Add AUTH_URL to ${envFileName(reading.project)}.`,
    );
  }
  return [...problems, ...givenTokens(reading)];
}

function noToken(project: string): string {
  const variables = TOKEN_VARIABLES.map((name) => fullName(project, name));
  return [
    `${variables.join(', ')}: expected exactly one of them, found none.`,
    `Looked for these process variables, and for ${TOKEN_VARIABLES.join(', ')} in ${secretsFileName(project)}.`,
    'Two ways forward:',
    `- put the secret in ${secretsFileName(project)}, a copy of env/staging.secrets.env.example;`,
    `- or rehearse on the embedded backend, without any secret:`,
    `  ${prefixOf(project)}BACKEND_URL=twin npx playwright test --project=${project}`,
    `  (or the twin's own project: npx playwright test --project=twin)`,
  ].join('\n');
}

function givenTokens(reading: SettingsReading<IdentityValues>): readonly string[] {
  if (reading.broken.has('ACCESS_TOKEN')) return [];
  const where = new Map<string, number>();
  return (reading.values.ACCESS_TOKEN ?? []).flatMap((token, index) => {
    const user = userOfToken(token);
    const place = `${named(reading, 'ACCESS_TOKEN')}: token ${index + 1}`;
    if ('found' in user) return [`${place}: expected a JWT with the user's id as text in sub, got ${user.found}.`];
    const { subject } = user;
    const earlier = where.get(prefixEight(subject));
    where.set(prefixEight(subject), earlier ?? index + 1);
    if (earlier === undefined) return [];
    return [
      `${place}: expected another user than token ${earlier}, got "${subject}"; user ids must differ in their first eight ` +
        `characters, to which the server cuts them (protocol notes §5.4). Give tokens of different users.`,
    ];
  });
}

/** What says whether tokens or users are counted. */
export interface ListedUsers {
  readonly tokenSource: TokenSource;
  readonly users: readonly string[] | { readonly pattern: string };
  readonly connections: number;
}

/** How many processes of Playwright share the lists: workers of each shard. */
export interface Workers {
  readonly workers: number;
  readonly shards: number;
}

/**
 * Tokens and users of a list belong to one worker each, and each worker connects up to `CONNECTIONS` clients at once. Applied
 * once before a run, where the number of workers is known.
 */
export function ruleOfWorkers(
  { tokenSource, users, connections }: ListedUsers,
  { workers, shards }: Workers,
): readonly string[] {
  const list = tokenSource.kind === 'given' ? tokenSource.tokens : tokenSource.kind === 'exchange' ? [] : users;
  if ('pattern' in list || list.length === 0) return [];
  const [name, what] = tokenSource.kind === 'given' ? ['ACCESS_TOKEN', 'tokens'] : ['TEST_USERS', 'users'];
  const slots = workers * shards;
  const needed = slots * connections;
  if (list.length >= needed) return [];
  const most = Math.floor(list.length / slots);
  const lower = most > 0 ? `set CONNECTIONS=${most}` : 'run with --workers=1 and CONNECTIONS=1';
  return [
    `${name}: expected ${needed} ${what}, ${connections} (CONNECTIONS) for each of ${slots} workers, got ${list.length}; a worker ` +
      `would run out of them in the middle of the run. Give more ${what}, or ${lower}.`,
  ];
}

const ANY_UUID = '00000000-0000-4000-8000-000000000000';

/** The users that `TEST_USERS` names: a list of ids, or a pattern in which `{uuid}` or `{n}` differs from user to user. */
export function usersOf(testUsers: string): readonly string[] | { readonly pattern: string } {
  const isPattern = testUsers.includes(NUMBER_MARK) || testUsers.includes(UUID_MARK);
  return isPattern ? { pattern: testUsers } : splitAtCommas(testUsers);
}

/**
 * Test users must differ in their first eight characters, because welcomes are cut there (protocol notes §5.4), and
 * a list must be long enough for one user per connection. Not applied where the tokens themselves name the users.
 */
export function ruleOfUsers(reading: SettingsReading<IdentityValues>): readonly string[] {
  if (foundIn(reading, 'E2E_OAUTH_SIMULATION_KEY') !== undefined) return [];
  if (reading.values.BACKEND_URL !== 'twin' && foundIn(reading, 'ACCESS_TOKEN') !== undefined) return [];
  const users = usersOf(reading.values.TEST_USERS);
  return 'pattern' in users ? patternProblems(reading, users.pattern) : listProblems(reading, users);
}

function patternProblems(reading: SettingsReading<IdentityValues>, pattern: string): readonly string[] {
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

function listProblems(reading: SettingsReading<IdentityValues>, users: readonly string[]): readonly string[] {
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

/** Three parts in base64url (RFC 7515 §3.1); only an unsecured token has an empty signature. */
const JWT = /^[\w-]+\.[\w-]+\.[\w-]*$/;

/** The user of a given token: its `sub`, read without verifying; or what was found in place of a JWT that has one. */
function userOfToken(token: string): { readonly subject: string } | { readonly found: string } {
  const other = { found: `another text of ${token.length} characters` };
  if (!JWT.test(token)) return other;
  try {
    const claims: Readonly<Record<string, unknown>> = decodeJwt(token);
    const subject = claims['sub'];
    if (typeof subject === 'string' && subject !== '') return { subject };
    const what =
      subject === undefined ? 'without sub' : subject === '' ? 'with an empty sub' : `whose sub is ${typeOf(subject)}`;
    return { found: `a JWT ${what}` };
  } catch {
    return other;
  }
}

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) || typeof value === 'object' ? 'no text' : `a ${typeof value}`;
}

/** The part of a user id that some servers report: its first eight characters (protocol notes §5.4). */
function prefixEight(userId: string): string {
  return userId.slice(0, 8);
}
