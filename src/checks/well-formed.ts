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
 * Every message that arrives can be read (protocol notes §A.1), none holds a mangled character, and every frame is legal (RFC 6455 §5). A broken frame ends
 * its connection; that end is reported here, and not by the closing check too.
 */
export function wellFormed(): Check {
  return (history: History) => {
    const judging = judgement('well-formed', PROMISE);
    const mangled: EntryOf<'received'>[] = [];
    for (const entry of history) {
      if (entry.kind === 'received' || entry.kind === 'opened') judging.cite(entry);
      if (entry.kind === 'received' && isMangled(entry.text)) mangled.push(entry);
      if (entry.kind === 'unreadable' && entry.direction === 'received') reportUnreadable(judging, entry);
    }
    reportMangled(judging, history, mangled);
    for (const broken of allOf(history, 'broken')) reportBroken(judging, broken);
    for (const flooded of allOf(history, 'flooded')) reportFlood(judging, flooded);
    return judging.verdict('every message could be read');
  };
}

const ESCAPED = /\\u[fF]{3}[dD]/;

/** Looks for the rare characters first: this runs for every message. */
function isMangled(text: string): boolean {
  return text.includes('\uFFFD') || (text.includes('\\u') && ESCAPED.test(text));
}

const AROUND = 20;

/** One finding per connection. What we sent ourselves may come back as it was. */
function reportMangled(judging: Judgement, history: History, mangled: readonly EntryOf<'received'>[]): void {
  if (mangled.length === 0 || allOf(history, 'sent').some(({ text }) => isMangled(text))) return;
  for (const connection of new Set(mangled.map((entry) => entry.connection))) {
    const [first, ...others] = mangled.filter((entry) => entry.connection === connection);
    if (first === undefined) continue;
    const at = Math.max(first.text.indexOf('\uFFFD'), first.text.search(ESCAPED));
    const excerpt = first.text.slice(Math.max(0, at - AROUND), at + AROUND);
    const more = others.length === 0 ? '' : `, and so do ${others.length} more`;
    judging.violated({
      code: 'text-mangled',
      expected: 'text whose characters were all decoded',
      found: 'U+FFFD',
      because: `message #${first.index} on ${connection} holds U+FFFD, which stands for a character that could not be decoded${more}: ${JSON.stringify(excerpt)}`,
      entries: [first, ...others].map(({ index }) => index),
      connection,
    });
  }
}

function reportUnreadable(judging: Judgement, entry: EntryOf<'unreadable'>): void {
  const { why, excerpt, bytes, index, connection, problem, type } = entry;
  const named = type === undefined ? '' : `, a ${type}`;
  const where = problem === undefined ? '' : `; ${problem}`;
  const because = `message #${index} (${bytes} bytes${named}) on ${connection} is ${why.replaceAll('-', ' ')}: ${JSON.stringify(excerpt.slice(0, 80))}${where}`;
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
