import { wellFormed } from '../../../src/checks/well-formed.ts';
import type { Fact } from '../../../src/history/entry.ts';
import type { UnreadableReason } from '../../../src/protocol/message.ts';
import { judgesTo, welcomed } from './judges-to.ts';

const unreadable = (direction: 'sent' | 'received', why: UnreadableReason): Fact => ({
  kind: 'unreadable',
  direction,
  why,
  excerpt: '',
  bytes: 1,
});
const broken = (code: string): Fact => ({ kind: 'broken', code, message: 'x' });

judgesTo('well-formed', wellFormed(), [
  {
    title: 'text that is not JSON',
    gives: 'frame-not-json',
    history: welcomed((c1) => c1.fact(unreadable('received', 'not-json'))),
  },
  {
    title: 'a text with U+FFFD',
    gives: 'text-mangled',
    history: welcomed((c1) => c1.receives({ type: 'notice', text: 'f\uFFFDr' })),
  },
  {
    title: 'U+FFFD that we sent ourselves',
    gives: 'holds',
    history: welcomed((c1) => c1.sends({ type: 'chat', text: '\uFFFD' }).receives({ type: 'notice', text: '\uFFFD' })),
  },
  {
    title: 'an array',
    gives: 'frame-not-an-object',
    history: welcomed((c1) => c1.fact(unreadable('received', 'not-an-object'))),
  },
  {
    title: 'a text that is nested too deep',
    gives: 'frame-nested-too-deep',
    history: welcomed((c1) => c1.fact(unreadable('received', 'nested-too-deep'))),
  },
  {
    title: 'more than one connection may receive',
    gives: 'flooded',
    history: welcomed((c1) =>
      c1.fact({ kind: 'flooded', limit: 'frames', most: 9, frames: 9, bytes: 90, forMs: 5 }).closed(1006, '', 'us'),
    ),
  },
  {
    title: 'a binary message',
    gives: 'frame-binary',
    history: welcomed((c1) => c1.fact(unreadable('received', 'binary'))),
  },
  {
    title: 'an empty message',
    gives: 'frame-empty',
    history: welcomed((c1) => c1.fact(unreadable('received', 'empty'))),
  },
  { title: 'our own bad input', gives: 'holds', history: welcomed((c1) => c1.fact(unreadable('sent', 'not-json'))) },
  {
    title: 'invalid UTF-8',
    gives: 'frame-not-utf8',
    history: welcomed((c1) => c1.fact(broken('WS_ERR_INVALID_UTF8'))),
  },
  {
    title: 'a giant message',
    gives: 'frame-too-large',
    history: welcomed((c1) => c1.fact(broken('WS_ERR_UNSUPPORTED_MESSAGE_LENGTH'))),
  },
  {
    title: 'a reserved opcode',
    gives: 'frame-violates-protocol',
    history: welcomed((c1) => c1.fact(broken('WS_ERR_INVALID_OPCODE'))),
  },
  {
    title: 'an illegal close code',
    gives: 'close-code-illegal',
    history: welcomed((c1) => c1.fact(broken('WS_ERR_INVALID_CLOSE_CODE'))),
  },
  {
    title: 'a reset, which is the business of closing',
    gives: 'holds',
    history: welcomed((c1) => c1.fact(broken('ECONNRESET'))),
  },
]);

const PROMISE = 'every data message is a JSON object in a text frame, and every frame obeys RFC 6455';

/** Entries 0 to 2 are the upgrade and the welcome. */
judgesTo('well-formed', wellFormed(), [
  {
    title: 'what was opened and received is evidence, what we did is none',
    verdict: { holds: true, evidence: [1, 2, 4] },
    history: welcomed((c1) => c1.sends({ type: 'ping' }).receives({ type: 'pong' }).quiet().closed(1000, '', 'us')),
  },
  {
    title: 'a message that cannot be read is reported with its beginning',
    verdict: {
      findings: [
        {
          code: 'frame-not-an-object',
          expected: PROMISE,
          found: 'not-an-object',
          because: `message #3 (99 bytes) on c1 is not an object: "${'x'.repeat(80)}"`,
          entries: [3],
          connection: 'c1',
        },
      ],
    },
    history: welcomed((c1) =>
      c1.fact({
        kind: 'unreadable',
        direction: 'received',
        why: 'not-an-object',
        excerpt: 'x'.repeat(99),
        bytes: 99,
      }),
    ),
  },
  {
    title: 'a broken frame is reported with the words of the library',
    verdict: {
      findings: [
        {
          code: 'frame-not-utf8',
          expected: PROMISE,
          found: 'invalid UTF-8 sequence',
          because: 'a frame on c1 broke the connection (#3): invalid UTF-8 sequence (WS_ERR_INVALID_UTF8)',
          entries: [3],
          connection: 'c1',
        },
      ],
    },
    history: welcomed((c1) =>
      c1.fact({ kind: 'broken', code: 'WS_ERR_INVALID_UTF8', message: 'invalid UTF-8 sequence' }),
    ),
  },
]);
