import type { EntryOf, History } from '../history/entry.ts';
import { allOf } from '../history/connections.ts';
import type { UnreadableReason } from '../protocol/message.ts';
import type { ViolationCode } from './findings.ts';
import type { Judgement } from './judgement.ts';
import { judgement } from './judgement.ts';
import type { Check } from './verdict.ts';

const PROMISE = 'every data message is a JSON object in a text frame, and every frame obeys RFC 6455';

const OF_REASON: Readonly<Record<UnreadableReason, ViolationCode>> = {
  'not-json': 'frame-not-json',
  'not-an-object': 'frame-not-an-object',
  'nested-too-deep': 'frame-nested-too-deep',
  binary: 'frame-binary',
  empty: 'frame-empty',
};

const OF_LIBRARY_ERROR: Readonly<Record<string, ViolationCode>> = {
  WS_ERR_INVALID_UTF8: 'frame-not-utf8',
  WS_ERR_UNSUPPORTED_MESSAGE_LENGTH: 'frame-too-large',
  WS_ERR_INVALID_CLOSE_CODE: 'close-code-illegal',
};

/**
 * Every message that arrives can be read (protocol notes §A.1), and every frame is legal (RFC 6455 §5). A broken frame ends
 * its connection; that end is reported here, and not by the closing check too.
 */
export function wellFormed(): Check {
  return (history: History) => {
    const judging = judgement('well-formed', PROMISE);
    for (const entry of history) {
      if (entry.kind === 'received' || entry.kind === 'opened') judging.cite(entry);
      if (entry.kind === 'unreadable' && entry.direction === 'received') reportUnreadable(judging, entry);
    }
    for (const broken of allOf(history, 'broken')) reportBroken(judging, broken);
    for (const flooded of allOf(history, 'flooded')) reportFlood(judging, flooded);
    return judging.verdict('every message could be read');
  };
}

function reportUnreadable(judging: Judgement, { why, excerpt, bytes, index, connection }: EntryOf<'unreadable'>): void {
  const because = `message #${index} (${bytes} bytes) on ${connection} is ${why.replaceAll('-', ' ')}: ${JSON.stringify(excerpt.slice(0, 80))}`;
  judging.violated({ code: OF_REASON[why], expected: PROMISE, found: why, because, entries: [index], connection });
}

function reportFlood(judging: Judgement, flooded: EntryOf<'flooded'>): void {
  const { limit, most, frames, bytes, forMs, index, connection } = flooded;
  const because =
    `${connection} received ${frames} frames with ${bytes} bytes in ${Math.round(forMs)} ms after it opened, and one more that ` +
    `exceeds ${most} ${limit}; the first ${frames} are kept, nothing after them was read, and the socket was cut (#${index})`;
  const expected = `at most ${most} ${limit} on one connection`;
  judging.violated({ code: 'flooded', expected, found: 'more', because, entries: [index], connection });
}

function reportBroken(judging: Judgement, { code, message, index, connection }: EntryOf<'broken'>): void {
  if (!code.startsWith('WS_ERR_')) return;
  const because = `a frame on ${connection} broke the connection (#${index}): ${message} (${code})`;
  const violation = OF_LIBRARY_ERROR[code] ?? 'frame-violates-protocol';
  judging.violated({ code: violation, expected: PROMISE, found: message, because, entries: [index], connection });
}
