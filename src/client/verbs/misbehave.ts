import type { BadInput } from '../../checks/bad-input.ts';
import { ADVERTISED_MESSAGE_BYTES, answerTo } from '../../checks/bad-input.ts';
import type { Entry } from '../../history/entry.ts';
import { pingMessage, unknownTypeMessage } from '../../protocol/requests.ts';
import type { ClientContext } from '../agent-client.ts';

/** Sending what no client should send. */
export interface MisbehaveVerbs {
  /** Sends one bad input and waits for its answer, or for the deadline of a pong when there is none. */
  misbehave(input: BadInput): Promise<void>;
}

const ANSWERS = ['error', 'acknowledgement'];

export function misbehaveVerbs({ sendText, recorder, budgets, now, createId, wait }: ClientContext): MisbehaveVerbs {
  const texts: Readonly<Record<BadInput, () => string>> = {
    'invalid-json': () => '{"type": "ping", ',
    'non-object': () => '["ping"]',
    'unknown-type': () => JSON.stringify(unknownTypeMessage(now())),
    oversize: () =>
      JSON.stringify({
        ...pingMessage(createId(), now()),
        type: 'user_message',
        content: 'x'.repeat(ADVERTISED_MESSAGE_BYTES),
      }),
  };
  return {
    async misbehave(input) {
      const from = recorder.history.length;
      sendText(texts[input]());
      const until = (entry: Entry): boolean => entry.kind === 'received' && ANSWERS.includes(entry.message.meaning);
      await wait({ waitingFor: answerTo(input), until, from, totalMs: budgets.pongDeadlineMs });
    },
  };
}
