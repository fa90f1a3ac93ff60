import { allOf } from '../../history/connections.ts';
import { HEALTH_PROBES } from '../../history/probe-names.ts';
import { onEnding } from '../endings.ts';
import { namedBy, reported } from '../evidence.ts';
import type { Signature } from '../signature.ts';
import { matchOf, onFinding } from '../signature.ts';

/** Welcomes that are missing, late, wrong or in the wrong place (failure notes §2.2). */
export const WELCOME = [
  {
    id: 'FM-29',
    title: 'the first message is an error instead of the welcome',
    seen: 'The first message is an error, such as "Connection error in main mode", followed by 1011.',
    meaning: 'The server caught an exception and reported it. The details of the error name its type.',
    phase: 'welcome',
    blame: 'product',
    rule: 'an error message that is not about authentication arrives before any welcome',
    specificity: 'combination',
    matches: (evidence) =>
      onFinding(['welcome-replaced-by-error'])(evidence) ??
      onEnding(({ reason, stage }) => stage === 'before-welcome' && /mode error/i.test(reason))(evidence),
    candidates: ['a TypeError in main mode, such as a missing method'],
    next: ['Read error_type in the details of the error message', 'Give it unchanged to the backend developers'],
  },
  {
    id: 'FM-35',
    title: 'the connection opens and stays silent: no welcome',
    seen: 'HTTP 101, and then nothing until the deadline.',
    meaning: 'The set-up hangs. It is not merely slow: the harness waits far longer than the budget.',
    phase: 'welcome',
    blame: 'product',
    rule: 'open, no welcome until the deadline, no close',
    specificity: 'finding',
    codes: ['welcome-missing'],
    alsoShowsAs: ['FM-44', 'FM-48', 'control-ping-unanswered'],
    candidates: ['the set-up hangs in an authentication look-up or a start-up wait'],
    next: [
      { step: 'Look at readiness and uptime', answeredBy: ['readiness'] },
      'Compare with WELCOME_DEADLINE_MS: it shows whether the service hangs or is slow',
    ],
  },
  {
    id: 'FM-38',
    title: 'a message like a welcome arrives, in an unknown shape',
    seen: 'No welcome in a known shape, but a message that speaks of a connection.',
    meaning: 'Earlier releases renamed the welcome. If this message is one, the protocol changed without notice.',
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
    seen: 'The welcome arrives after its budget.',
    meaning:
      'The connection works, but too slowly. Where a delay of the harness could explain it, the verdict is "Not verified" instead.',
    phase: 'welcome',
    blame: 'product',
    rule: 'a welcome after its budget, before its deadline',
    specificity: 'finding',
    codes: ['welcome-late'],
    alsoShowsAs: ['harness-lag'],
    candidates: ['blocking sleeps or readiness validation before the welcome', 'a cold start (FM-75)'],
    next: [
      'Compare with the latency trend of the last nights',
      { step: 'Look at uptime_seconds in the health answer', answeredBy: HEALTH_PROBES },
    ],
  },
  {
    id: 'FM-75',
    title: 'only the first connection is slow or refused, later ones are fine',
    seen: 'Of at least three connections only the first is late or refused.',
    meaning: 'A cold start. The harness reports it, and does not hide it behind a retry.',
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
    next: [
      { step: 'Look at uptime_seconds: a small value points to a cold start', answeredBy: HEALTH_PROBES },
      'Run again; it should be gone',
    ],
  },
  {
    id: 'FM-37',
    title: 'an answer arrives before the welcome',
    seen: 'An agent event arrives before the welcome.',
    meaning: 'Notices, pings and replayed messages may arrive before a welcome. Answers may not.',
    phase: 'welcome',
    blame: 'product',
    rule: 'an agent event precedes the welcome; notices and pings may',
    specificity: 'combination',
    codes: ['welcome-out-of-order'],
    alsoShowsAs: ['FM-35', 'FM-36'],
    candidates: ['the welcome is sent by another task than the answers', 'queued messages that are sent too early'],
    next: ['Look at the first messages in the attachment "transcript"'],
  },
  {
    id: 'welcome-repeated',
    title: 'the welcome arrives more than once',
    seen: 'Two welcomes on one connection.',
    meaning: 'The server welcomes twice. Often two handlers serve the connection, and then both answer.',
    phase: 'welcome',
    blame: 'product',
    rule: 'a second welcome on the same connection',
    specificity: 'finding',
    codes: ['welcome-duplicated'],
    candidates: ['two handlers serve the same connection', 'a retry of a send that had succeeded'],
    next: ['Compare the connection ids of both welcomes in the attachment "transcript"'],
  },
  {
    id: 'FM-39',
    title: 'the connection is served in another mode than main',
    seen: 'The welcome names mode factory, isolated or legacy.',
    meaning: 'This handler is not the one that serves users. Its answers prove nothing about main mode.',
    phase: 'welcome',
    blame: 'product',
    rule: 'the welcome names mode factory, isolated or legacy',
    specificity: 'finding',
    codes: ['welcome-wrong-mode'],
    candidates: ['path, query or User-Agent chose another handler'],
    next: ['Check the path in WEBSOCKET_URL', 'Compare with and without E2E headers: the User-Agent may decide'],
  },
] as const satisfies readonly Signature[];
