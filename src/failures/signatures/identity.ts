import { sameUser } from '../../history/user.ts';
import type { Evidence } from '../evidence.ts';
import { namedBy, reported } from '../evidence.ts';
import type { Match, Signature } from '../signature.ts';
import { matchOf, onFinding } from '../signature.ts';

/** Credentials that name no user, so that the user of their welcome says nothing. */
const NAMELESS = ['no-token', 'malformed'];

/** Users that are mistaken for others, bad credentials that are accepted, and messages that reach the wrong user (failure notes §2.4). */
export const IDENTITY = [
  {
    id: 'FM-66',
    title: 'a connection is taken for another user',
    seen: 'The welcome names another user than the token, or a bad token is accepted after a good one.',
    meaning:
      'The service takes one user for another. Servers shorten ids to eight characters, so test users differ within the first eight.',
    phase: 'auth',
    blame: 'auth',
    severity: 'security',
    rule: 'the welcome names another user than the token, good or bad, or a credential that was refused is accepted after a good one',
    specificity: 'combination',
    matches: (evidence) =>
      acceptedAfterGood(evidence) ?? acceptedAsAnother(evidence) ?? onFinding(['welcome-wrong-user'])(evidence),
    alsoShowsAs: ['bad-token-accepted', 'bad-token-unclear', 'FM-67'],
    candidates: ['the result of E2E authentication is cached for five minutes, for all tokens alike'],
    next: ['Compare connections with and without E2E headers', 'Treat it as a security problem until it is explained'],
  },
  {
    id: 'bad-token-accepted',
    title: 'a bad credential is accepted',
    seen: 'A connection with a credential that must be refused is welcomed. The text says which kind of credential.',
    meaning: 'The server does not check the claim, or the signature, that makes the credential bad.',
    phase: 'auth',
    blame: 'auth',
    severity: 'security',
    rule: 'a credential that must be refused was welcomed, or got a connection that was not refused',
    specificity: 'finding',
    codes: ['bad-token-accepted'],
    sharesWith: ['FM-66'],
    candidates: ['a claim or the signature is not checked', 'authentication is relaxed in this environment'],
    next: [
      'See which kind of credential it is, measured above',
      'Treat it as a security problem until it is explained',
    ],
  },
  {
    id: 'bad-token-unclear',
    title: 'a bad credential is not refused as it should be',
    seen: 'A bad credential gets a connection that stays open and silent, or an unrelated close; or HTTP and WebSocket judge one token differently.',
    meaning: 'The server lets no such client in, but does not say why either.',
    phase: 'auth',
    blame: 'product',
    rule: 'neither welcomed nor clearly refused, or judged otherwise over HTTP than over WebSocket',
    specificity: 'family',
    codes: ['bad-token-undecided', 'refused-unclearly', 'judged-differently'],
    sharesWith: ['FM-07', 'FM-28'],
    candidates: ['the refusal itself fails', 'HTTP and WebSocket use other code, or another secret'],
    next: ['See in the attachment "transcript" how the connection ended'],
  },
  {
    id: 'auth-bypass',
    title: 'the deployment accepts every credential',
    seen: 'The welcome names `demo-user-…` or `relaxed_…`, or `/ws/health` says so.',
    meaning:
      'The deployment accepts every client as the same user. Refusals and isolation cannot be verified here: their verdicts are "Not verified", not passed.',
    phase: 'auth',
    blame: 'environment',
    rule: 'the welcome names the demo or a relaxed user, or an endpoint says that authentication is bypassed',
    specificity: 'combination',
    codes: ['auth-bypass-active'],
    candidates: ['DEMO_MODE is on (it is by default), or authentication is relaxed for staging'],
    next: ['Set DEMO_MODE=0 there, or accept that refusal and isolation cannot be verified'],
  },
  {
    id: 'FM-67',
    title: 'something of one user, thread or run reaches another',
    seen: 'An event, an id or the nonce of a prompt arrives on a connection that it does not belong to.',
    meaning: 'The service does not keep two users, threads or runs apart.',
    phase: 'isolation',
    blame: 'product',
    severity: 'privacy',
    rule: 'a foreign event, id, nonce or answer on a connection, a connection_id that two share, or an event that was not asked for',
    specificity: 'combination',
    codes: [
      'foreign-user',
      'foreign-thread',
      'foreign-run',
      'foreign-event',
      'foreign-nonce',
      'foreign-answer',
      'connection-id-shared',
      'unasked-event',
    ],
    candidates: ['state that is shared between users, such as a singleton supervisor', 'ids that are mixed up'],
    next: ['Both sides are named above: look at their entries', 'Treat it as a privacy problem until it is explained'],
  },
  {
    id: 'FM-68',
    title: 'only some sockets of a user get the events',
    seen: 'A user has two sockets, and one of them gets fewer events.',
    meaning: 'A user who opens the product twice sees a part of it in one window.',
    phase: 'events',
    blame: 'product',
    rule: 'of two open sockets of one user, one got fewer events of the same run',
    specificity: 'combination',
    codes: ['fan-out-missing'],
    only: ({ connection }, { byName }) => byName.get(connection)?.closed?.by !== 'them',
    candidates: ['the handler is shared, and keeps the newest connection only'],
    next: ['See whether it is the older socket that is left out, measured above'],
  },
  {
    id: 'secret-exposed',
    title: 'a credential is where none belongs',
    seen: 'A mark of the redactor stands in something that the server sent, or a readable token stands in the history.',
    meaning:
      'In the first case the product sends credentials back. In the second case the redaction of the harness failed, and the blame is harness.',
    phase: 'frames',
    blame: 'product',
    severity: 'security',
    rule: 'the server sent a credential back, or one reached the history',
    specificity: 'mark',
    matches: (evidence) => onFinding(['secret-echoed'])(evidence) ?? harness(onFinding(['secret-recorded'])(evidence)),
    candidates: ['an error message that quotes its input', 'our own redaction misses a form'],
    next: ['Find the entry measured above; change the credential if the report was shared'],
  },
] as const satisfies readonly Signature[];

/** The same kind of credential, refused on one connection and, after a good one was welcomed, accepted on another. */
function acceptedAfterGood(evidence: Evidence): Match | undefined {
  const accepted = reported(evidence, ['bad-token-accepted']);
  const turned = namedBy(evidence, accepted).filter(({ request }) => {
    if (request === undefined) return false;
    const earlier = evidence.connections.filter(
      (other) => other.request !== undefined && other.request.index < request.index,
    );
    const refused = earlier.find(({ request: asked, welcome }) => asked?.credential === request.credential && !welcome);
    const good = evidence.trusted.find(({ welcome }) => welcome !== undefined && welcome.index < request.index);
    return refused !== undefined && good !== undefined;
  });
  const names = new Set(turned.map(({ name }) => name));
  return matchOf(
    evidence,
    accepted.filter(({ connection }) => names.has(connection)),
  );
}

/** A bad credential that is welcomed as a user whom it does not name: the server did not read it. */
function acceptedAsAnother(evidence: Evidence): Match | undefined {
  const accepted = reported(evidence, ['bad-token-accepted']);
  const another = namedBy(evidence, accepted).filter(({ request, welcome }) => {
    const user = welcome?.message.user;
    if (request === undefined || user === undefined || NAMELESS.includes(request.credential)) return false;
    return !sameUser(user, request.user);
  });
  const names = new Set(another.map(({ name }) => name));
  return matchOf(
    evidence,
    accepted.filter(({ connection }) => names.has(connection)),
  );
}

function harness(match: Match | undefined): Match | undefined {
  return match === undefined ? undefined : { ...match, blame: 'harness', phase: 'setup' };
}
