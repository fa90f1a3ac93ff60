import { allOf } from '../history/connections.ts';
import type { History } from '../history/entry.ts';
import { judgement } from './judgement.ts';
import type { Scope } from './subjects.ts';
import { doubtUnasked, openedSubjects } from './subjects.ts';
import type { Check } from './verdict.ts';

const PROMISE = 'every message has a string type';

/**
 * Every message names its type (protocol notes §12, seen with the browser client, which raises an error for each that does
 * not). What it does not see: whether a client knows the type.
 */
export function typedMessages(scope: Scope = {}): Check {
  return (history: History) => {
    const judging = judgement('typed-messages', PROMISE);
    for (const connection of openedSubjects(judging, history, scope)) {
      const messages = allOf(connection.entries, 'received');
      if (messages.length === 0) doubtUnasked(judging, connection);
      for (const entry of messages) {
        judging.cite(entry);
        if (entry.message.type !== '') continue;
        judging.violated({
          code: 'message-untyped',
          expected: PROMISE,
          found: 'no type',
          because: `message #${entry.index} on ${connection.name} has no string type: ${entry.text.slice(0, 80)}`,
          entries: [entry.index],
          connection: connection.name,
        });
      }
    }
    return judging.verdict('every message had a type');
  };
}
