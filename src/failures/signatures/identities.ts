import { acceptedAfterGood, acceptedAsAnother } from './bad-credentials.ts';
import { onFinding } from './evidence.ts';
import type { Match, Signature } from './signature.ts';

/** Who is taken for whom, and who gets whose messages (failure notes §2.4). */
export const IDENTITY_SIGNATURES: readonly Signature[] = [
  {
    id: 'FM-66',
    title: 'a connection is taken for another user',
    phase: 'auth',
    blame: 'auth',
    rule: 'the welcome names another user than the token, good or bad, or a credential that was refused is accepted after a good one',
    specificity: 'combination',
    matches: (evidence) =>
      acceptedAfterGood(evidence) ?? acceptedAsAnother(evidence) ?? onFinding(['welcome-wrong-user'])(evidence),
    candidates: ['the result of E2E authentication is cached for five minutes, for all tokens alike'],
    next: ['Compare connections with and without E2E headers', 'Treat it as a security problem until it is explained'],
  },
  {
    id: 'bad-token-accepted',
    title: 'a bad credential is accepted',
    phase: 'auth',
    blame: 'auth',
    rule: 'a credential that must be refused was welcomed, or got a connection that nobody refused',
    specificity: 'finding',
    matches: onFinding(['bad-token-accepted']),
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
    phase: 'auth',
    blame: 'product',
    rule: 'neither welcomed nor clearly refused, or judged otherwise over HTTP than over WebSocket',
    specificity: 'family',
    matches: onFinding(['bad-token-undecided', 'refused-unclearly', 'judged-differently']),
    sharesWith: ['FM-07', 'FM-28'],
    candidates: ['the refusal itself fails', 'HTTP and WebSocket use other code, or another secret'],
    next: ['See in the attachment "transcript" how the connection ended'],
  },
  {
    id: 'auth-bypass',
    title: 'the deployment accepts anybody',
    phase: 'auth',
    blame: 'environment',
    rule: 'the welcome names the demo or a relaxed user, or an endpoint says that authentication is bypassed',
    specificity: 'combination',
    matches: onFinding(['auth-bypass-active']),
    candidates: ['DEMO_MODE is on (it is by default), or authentication is relaxed for staging'],
    next: ['Set DEMO_MODE=0 there, or accept that refusal and isolation cannot be verified'],
  },
  {
    id: 'FM-67',
    title: 'something of one user, thread or run reaches another',
    phase: 'isolation',
    blame: 'product',
    rule: 'a foreign event, id or nonce on a connection, or an event that nobody asked for',
    specificity: 'combination',
    matches: onFinding([
      'foreign-user',
      'foreign-thread',
      'foreign-run',
      'foreign-event',
      'foreign-nonce',
      'unasked-event',
    ]),
    candidates: ['state that is shared between users, such as a singleton supervisor', 'ids that are mixed up'],
    next: ['Both sides are named above: look at their entries', 'Treat it as a privacy problem until it is explained'],
  },
  {
    id: 'FM-68',
    title: 'only some sockets of a user get the events',
    phase: 'events',
    blame: 'product',
    rule: 'of two open sockets of one user, one got fewer events of the same run',
    specificity: 'combination',
    matches: onFinding(
      ['fan-out-missing'],
      ({ connection }, { byName }) => byName.get(connection)?.closed?.by !== 'them',
    ),
    candidates: ['the handler is shared, and keeps the newest connection only'],
    next: ['See whether it is the older socket that is left out, measured above'],
  },
  {
    id: 'secret-exposed',
    title: 'a credential is where none belongs',
    phase: 'frames',
    blame: 'product',
    rule: 'the server sent a credential back, or one reached the history',
    specificity: 'mark',
    matches: (evidence) => onFinding(['secret-echoed'])(evidence) ?? harness(onFinding(['secret-recorded'])(evidence)),
    candidates: ['an error message that quotes its input', 'our own redaction misses a form'],
    next: ['Find the entry measured above; change the credential if the report was shared'],
  },
];

function harness(match: Match | undefined): Match | undefined {
  return match === undefined ? undefined : { ...match, blame: 'harness', phase: 'setup' };
}
