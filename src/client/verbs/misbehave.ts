import type { Entry } from '../../history/entry.ts';
import { answerTo } from '../../history/wait-goals.ts';
import { badInputText } from '../../protocol/bad-input.ts';
import type { BadInput } from '../../protocol/bad-input.ts';
import type { ClientContext } from '../agent-client.ts';

/** Sending what no client should send. */
export interface MisbehaveVerbs {
  /** Sends one bad input and waits for its answer, or for the deadline of a pong when there is none. */
  misbehave(input: BadInput): Promise<void>;
}

const ANSWERS = ['error', 'acknowledgement'];

export function misbehaveVerbs({ sendText, recorder, budgets, now, createId, wait }: ClientContext): MisbehaveVerbs {
  return {
    async misbehave(input) {
      const from = recorder.history.length;
      sendText(badInputText(input, createId(), now()));
      const until = (entry: Entry): boolean => entry.kind === 'received' && ANSWERS.includes(entry.message.meaning);
      await wait(answerTo(input), { until, from, totalMs: budgets.pongDeadlineMs });
    },
  };
}
