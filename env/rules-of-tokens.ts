import { prefixEight, userOfToken } from './given-tokens.ts';
import { foundIn, named } from './reading.ts';
import type { Reading } from './reading.ts';
import { envFileName, fullName, prefixOf, secretsFileName } from './sources.ts';

/** The three ways to come by a token. */
export const TOKEN_VARIABLES = ['JWT_SECRET', 'E2E_OAUTH_SIMULATION_KEY', 'ACCESS_TOKEN'] as const;

/** A remote target needs exactly one way to come by a token; the twin needs none. */
export function ruleOfTokens(reading: Reading): readonly string[] {
  if (reading.values.BACKEND_URL === 'twin' || reading.broken.has('BACKEND_URL')) return [];
  const present = TOKEN_VARIABLES.filter((name) => foundIn(reading, name) !== undefined);
  if (present.length === 0) return [noToken(reading.project)];
  const problems: string[] = [];
  if (present.length > 1) {
    const list = present.map((name) => named(reading, name)).join(', ');
    problems.push(`${list}: expected exactly one way to come by a token, got ${present.length}. Remove all but one.`);
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

function givenTokens(reading: Reading): readonly string[] {
  const where = new Map<string, number>();
  return (reading.values.ACCESS_TOKEN ?? []).flatMap((token, index) => {
    const subject = userOfToken(token);
    const place = `${named(reading, 'ACCESS_TOKEN')}: token ${index + 1}`;
    if (subject === undefined) {
      return [`${place}: expected a JWT with the user's id in sub, got another text of ${token.length} characters.`];
    }
    const earlier = where.get(prefixEight(subject));
    where.set(prefixEight(subject), earlier ?? index + 1);
    if (earlier === undefined) return [];
    return [
      `${place}: expected another user than token ${earlier}, got "${subject}"; user ids must differ in their first eight ` +
        `characters, to which the server cuts them (protocol notes §5.4). Give tokens of different users.`,
    ];
  });
}
