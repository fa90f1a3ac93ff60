import { pingMessage, unknownTypeMessage } from './requests.ts';

/** Inputs that a server must survive (protocol notes §7.3 and §10). */
export const BAD_INPUTS = ['invalid-json', 'non-object', 'unknown-type', 'oversize'] as const;

/** One of {@link BAD_INPUTS}. */
export type BadInput = (typeof BAD_INPUTS)[number];

/** The size that beta-9 advertises, in bytes (protocol notes §10, row "message size"). */
export const ADVERTISED_MESSAGE_BYTES = 8192;

/** The text that a client sends as this bad input. `nowMs` is epoch milliseconds. */
export function badInputText(input: BadInput, id: string, nowMs: number): string {
  switch (input) {
    case 'invalid-json':
      return '{"type": "ping", ';
    case 'non-object':
      return '["ping"]';
    case 'unknown-type':
      return JSON.stringify(unknownTypeMessage(nowMs));
    case 'oversize': {
      const content = 'x'.repeat(ADVERTISED_MESSAGE_BYTES);
      return JSON.stringify({ ...pingMessage(id, nowMs), type: 'user_message', content });
    }
  }
}
