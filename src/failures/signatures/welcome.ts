import { allOf } from '../../history/connections.ts';
import { matchOf, namedBy, onFinding, reported } from './evidence.ts';
import { onEnding } from './endings.ts';
import type { Signature } from './signature.ts';

/** Welcomes that are missing, late, wrong or misplaced (failure notes §2.2). */
export const WELCOME_SIGNATURES: readonly Signature[] = [
  {
    id: 'FM-29',
    title: 'the first message is an error instead of the welcome',
    phase: 'welcome',
    blame: 'product',
    rule: 'an error message that is not about authentication arrives before any welcome',
    specificity: 'combination',
    matches: (evidence) =>
      onFinding(['welcome-replaced-by-error'])(evidence) ??
      onEnding(({ reason, stage }) => stage === 'before-welcome' && /mode error/i.test(reason))(evidence),
    candidates: ['a TypeError in main mode, such as a missing method'],
    next: ['Read error_type in the details of the error message', 'Hand it to the backend developers as it is'],
  },
  {
    id: 'FM-35',
    title: 'the connection opens and stays silent: no welcome',
    phase: 'welcome',
    blame: 'product',
    rule: 'open, no welcome until the deadline, no close',
    specificity: 'finding',
    matches: onFinding(['welcome-missing']),
    candidates: ['the set-up hangs in an authentication look-up or a start-up wait'],
    next: ['Look at readiness and uptime', 'Compare with WELCOME_DEADLINE_MS: hanging and merely slow differ'],
  },
  {
    id: 'FM-38',
    title: 'something like a welcome arrives, in a shape that nobody knows',
    phase: 'welcome',
    blame: 'product',
    rule: 'no welcome, but a message that names a connection or says that it is connected',
    specificity: 'combination',
    matches: (evidence) => {
      const findings = reported(evidence, ['welcome-missing']);
      const resembles = namedBy(evidence, findings).some(({ entries }) =>
        allOf(entries, 'received').some(
          ({ message, text }) => message.meaning === 'other' && /"connection_id"|connected|welcome|_ready/i.test(text),
        ),
      );
      return resembles ? matchOf(evidence, findings) : undefined;
    },
    candidates: ['the welcome was renamed or restructured in this release'],
    next: [
      'Compare the first messages in the attachment "transcript" with docs/protocol.md',
      'Ask whether that was meant',
    ],
  },
  {
    id: 'FM-36',
    title: 'the welcome comes late',
    phase: 'welcome',
    blame: 'product',
    rule: 'a welcome after its budget, before its deadline',
    specificity: 'finding',
    matches: onFinding(['welcome-late']),
    candidates: ['blocking sleeps or readiness validation before the welcome', 'a cold start (FM-75)'],
    next: ['Compare with the latency trend of the last nights', 'Look at uptime_seconds'],
  },
  {
    id: 'FM-75',
    title: 'only the first connection is slow or refused, later ones are fine',
    phase: 'welcome',
    blame: 'environment',
    rule: 'of at least three connections, the first alone was late or refused',
    specificity: 'combination',
    matches: (evidence) => {
      const { trusted } = evidence;
      const findings = reported(evidence, ['welcome-late', 'service-unavailable', 'upgrade-unanswered']);
      const [slow, ...others] = namedBy(evidence, findings);
      const isCold = trusted.length >= 3 && slow !== undefined && slow === trusted[0] && others.length === 0;
      return isCold ? matchOf(evidence, findings) : undefined;
    },
    candidates: ['a cold start, or a revision that has just been deployed'],
    next: ['Look at uptime_seconds: small speaks for a cold start', 'Run again; it should be gone'],
  },
  {
    id: 'FM-37',
    title: 'an answer arrives before the welcome',
    phase: 'welcome',
    blame: 'product',
    rule: 'an agent event precedes the welcome; notices and pings may',
    specificity: 'combination',
    matches: onFinding(['welcome-out-of-order']),
    candidates: ['the welcome is sent by another task than the answers', 'queued messages that are sent too early'],
    next: ['Look at the first messages in the attachment "transcript"'],
  },
  {
    id: 'welcome-repeated',
    title: 'the welcome arrives more than once',
    phase: 'welcome',
    blame: 'product',
    rule: 'a second welcome on the same connection',
    specificity: 'finding',
    matches: onFinding(['welcome-duplicated']),
    candidates: ['two handlers serve the same connection', 'a retry of a send that had succeeded'],
    next: ['Compare the connection ids of both welcomes in the attachment "transcript"'],
  },
  {
    id: 'FM-39',
    title: 'the connection is served in another mode than main',
    phase: 'welcome',
    blame: 'product',
    rule: 'the welcome names mode factory, isolated or legacy',
    specificity: 'finding',
    matches: onFinding(['welcome-wrong-mode']),
    candidates: ['path, query or User-Agent chose another handler'],
    next: ['Check the path in WEBSOCKET_URL', 'Compare with and without E2E headers: the User-Agent may decide'],
  },
];
