import type { Ending } from './endings.ts';
import { onEndingAnywhere } from './endings.ts';
import { onFinding } from './evidence.ts';
import type { Signature } from './signature.ts';

const GOING_AWAY = [1001, 1012];
/** Codes that other signatures explain at every stage. */
const TELLING = [1000, 1001, 1005, 1006, 1011, 1012, 1013];
const REFUSING = [1008, 4001, 4002];
const SHORT_LIFE_MS = { from: 4000, to: 10_000 };
const ASK_BACKEND = 'Ask the backend developers for the log of this connection at this time';

/** Connections that the server, or something between, ends while they are in use (failure notes §2.3, §2.5 rule 1). */
export const CLOSING_SIGNATURES: readonly Signature[] = [
  {
    id: 'FM-30',
    title: 'the server closes with 1000 although nobody asked',
    phase: 'close',
    blame: 'product',
    rule: 'an unsolicited 1000: the clean-up that follows a swallowed server exception',
    specificity: 'combination',
    matches: onEndingAnywhere(({ code }) => code === 1000),
    candidates: ['an exception while the welcome or an answer was built', 'a message loop that ended with an error'],
    next: ['Do not take 1000 for a good end', ASK_BACKEND],
  },
  {
    id: 'FM-27',
    title: 'welcomed, then closed with 1011 before anything was answered',
    phase: 'request',
    blame: 'product',
    rule: 'close 1011 after the welcome, before the first answer',
    specificity: 'combination',
    matches: onEndingAnywhere(
      ({ stage, code, hadAnswered }) => code === 1011 && stage !== 'before-welcome' && stage !== 'run' && !hadAnswered,
    ),
    sharesWith: ['FM-41', 'FM-78'],
    candidates: [
      'services that are not ready at the first message',
      'session middleware missing or in the wrong order',
    ],
    next: ['See in the attachment "transcript" whether it closed before or after our first message', ASK_BACKEND],
  },
  {
    id: 'FM-64',
    title: 'the connection ends in the middle of a run',
    phase: 'events',
    blame: 'product',
    rule: 'closed or cut by the server after an agent was asked and before the run ended',
    specificity: 'finding',
    matches: onEndingAnywhere(({ stage, code }) => code !== 1000 && (stage === 'run' || stage === 'request')),
    sharesWith: ['FM-42'],
    candidates: ['a send after close', 'a revision that is rolled over', 'a proxy that cuts long connections'],
    next: ['Look at the last event and the time since then, measured above', ASK_BACKEND],
  },
  {
    id: 'going-away',
    title: 'the server says that it goes away',
    phase: 'close',
    blame: 'environment',
    rule: 'close 1001 or 1012',
    specificity: 'combination',
    matches: onEndingAnywhere(({ code, stage }) => GOING_AWAY.includes(code) && stage !== 'run' && stage !== 'request'),
    sharesWith: ['FM-14'],
    candidates: ['a deployment, a restart, or an instance that is scaled down'],
    next: ['Ask whether a deployment ran at this time', 'Run again afterwards'],
  },
  {
    id: 'FM-46',
    title: 'an idle connection is ended',
    phase: 'ping',
    blame: 'product',
    rule: 'closed or cut while nothing was open: no run, and no answer owed',
    specificity: 'finding',
    matches: (evidence) => onEndingAnywhere(isIdle)(evidence) ?? onFinding(['died-while-idle'])(evidence),
    sharesWith: ['FM-42', 'FM-47'],
    candidates: ['the heartbeat time-out is shorter than the interval', 'an idle time-out of the load balancer'],
    next: ['Compare the age with known limits: 6 s, 30 s, 2 min, 5 min', 'See whether heartbeats were exchanged'],
  },
  {
    id: 'FM-47',
    title: 'a connection dies at about six seconds',
    phase: 'ping',
    blame: 'product',
    rule: `cut without use at an age of ${SHORT_LIFE_MS.from} to ${SHORT_LIFE_MS.to} ms`,
    specificity: 'combination',
    matches: onEndingAnywhere(
      (ending) => isIdle(ending) && ending.ageMs >= SHORT_LIFE_MS.from && ending.ageMs <= SHORT_LIFE_MS.to,
    ),
    candidates: ['a known instability of earlier releases'],
    next: ['Compare the revision with the one that had been fixed', 'Hold a connection idle for 60 s'],
  },
  {
    id: 'closed-otherwise',
    title: 'the server closes with a code of its own',
    phase: 'close',
    blame: 'product',
    rule: 'closed by the server with a code that none of the other signatures knows',
    specificity: 'family',
    matches: onEndingAnywhere(
      ({ code, stage }) => !TELLING.includes(code) && !(stage === 'before-welcome' && REFUSING.includes(code)),
    ),
    candidates: ['1008: a policy, read the reason', '1002, 1003, 1007, 1009: it did not like what we sent'],
    next: ['Read the reason measured above', 'Look at what we had sent last in the attachment "transcript"'],
  },
];

function isIdle({ stage, code, hadAnswered }: Ending): boolean {
  return stage === 'idle' && (code === 1006 || code === 1005 || (code === 1011 && hadAnswered));
}
