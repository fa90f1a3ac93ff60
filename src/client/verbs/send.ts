import type { Entry } from '../../history/entry.ts';
import { answerTo } from '../../history/wait-goals.ts';
import { badInputText } from '../../protocol/bad-input.ts';
import type { BadInput } from '../../protocol/bad-input.ts';
import type { OutgoingMessage } from '../../protocol/requests.ts';
import { sendText } from '../record-socket.ts';
import type { ClientContext } from './context.ts';

/** Sending messages of any kind. */
export interface SendVerbs {
  /** Sends a JSON message. */
  send(message: OutgoingMessage): void;
  /** Sends any text as one text message. */
  sendText(text: string): void;
  /** Sends one bad input and waits for its answer, or for the deadline of a pong when there is none. */
  misbehave(input: BadInput): Promise<void>;
}

const ANSWERS = ['error', 'acknowledgement'];

/** The verbs that send messages, on one connection. */
export function sendVerbs({ socket, recorder, name, budgets, now, createId, wait }: ClientContext): SendVerbs {
  const write = (text: string): void => sendText(recorder, name, socket, text);
  return {
    send: (message) => write(JSON.stringify(message)),
    sendText: write,
    async misbehave(input) {
      const from = recorder.history.length;
      write(badInputText(input, createId(), now()));
      const until = (entry: Entry): boolean => entry.kind === 'received' && ANSWERS.includes(entry.message.meaning);
      await wait(answerTo(input), { until, from, totalMs: budgets.pongDeadlineMs });
    },
  };
}
