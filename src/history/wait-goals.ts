import { BAD_INPUTS } from '../protocol/bad-input.ts';
import type { BadInput } from '../protocol/bad-input.ts';

/**
 * What a wait waits for: the key that a deadline entry carries and that checks compare. Saved histories hold these keys, so
 * they never change; the words for readers are in {@link waitGoalLabel}. `run …` is the end of the run of that name.
 */
export type WaitGoal = keyof typeof LABELS | `answer to ${BadInput}` | `run ${string}`;

const LABELS = {
  handshake: 'the answer to the upgrade request',
  welcome: 'the welcome',
  'welcome or refusal': 'the welcome or a refusal',
  pong: 'the pong',
  heartbeat_ack: 'the heartbeat_ack',
  'pong frame': 'the pong frame',
  'first event': 'the first event of a run',
  'answer to stop_agent': 'the answer to stop_agent',
  'answer to session_restore': 'the answer to session_restore',
  close: 'the close frame of the server',
  'end of TCP': 'the end of the TCP connection',
} as const;

/** The waits that a welcome ends. */
export const WELCOME_GOALS: readonly WaitGoal[] = ['welcome', 'welcome or refusal'];

const BAD_INPUT_ANSWERS: readonly string[] = BAD_INPUTS.map(answerTo);
const RUN_END = /^run ./;

/** The wait for the answer to a bad input. */
export function answerTo(input: BadInput): `answer to ${BadInput}` {
  return `answer to ${input}`;
}

/** What a wait waits for, in words. */
export function waitGoalLabel(goal: WaitGoal): string {
  if (isPlain(goal)) return LABELS[goal];
  return RUN_END.test(goal) ? `the end of ${goal}` : `the ${goal}`;
}

/** Whether a text is one of the keys. The reader of saved histories refuses others. */
export function isWaitGoal(text: unknown): text is WaitGoal {
  return typeof text === 'string' && (isPlain(text) || BAD_INPUT_ANSWERS.includes(text) || RUN_END.test(text));
}

function isPlain(text: string): text is keyof typeof LABELS {
  return Object.hasOwn(LABELS, text);
}
