import { expect, test } from '@playwright/test';
import { badInput } from '../../../src/checks/bad-input.ts';
import { secrets } from '../../../src/checks/secrets.ts';
import { wellFormed } from '../../../src/checks/well-formed.ts';
import type { Fact } from '../../../src/history/entry.ts';
import type { UnreadableReason } from '../../../src/protocol/message.ts';
import { codesOf } from './codes.ts';
import type { FakeConnection } from '../histories/fake-history.ts';
import { fakeHistory } from '../histories/fake-history.ts';

const unreadable = (direction: 'sent' | 'received', why: UnreadableReason): Fact => ({
  kind: 'unreadable',
  direction,
  why,
  excerpt: '',
  bytes: 1,
});
const broken = (code: string): Fact => ({ kind: 'broken', code, message: 'x' });

const FRAMES: Readonly<Record<string, readonly [string, Fact]>> = {
  'text that is not JSON': ['frame-not-json', unreadable('received', 'not-json')],
  'an array': ['frame-not-an-object', unreadable('received', 'not-an-object')],
  'a binary message': ['frame-binary', unreadable('received', 'binary')],
  'an empty message': ['frame-empty', unreadable('received', 'empty')],
  'our own bad input': ['holds', unreadable('sent', 'not-json')],
  'invalid UTF-8': ['frame-not-utf8', broken('WS_ERR_INVALID_UTF8')],
  'a giant message': ['frame-too-large', broken('WS_ERR_UNSUPPORTED_MESSAGE_LENGTH')],
  'a reserved opcode': ['frame-violates-protocol', broken('WS_ERR_INVALID_OPCODE')],
  'an illegal close code': ['close-code-illegal', broken('WS_ERR_INVALID_CLOSE_CODE')],
  'a reset, which is the business of closing': ['holds', broken('ECONNRESET')],
};

for (const [name, [expected, fact]] of Object.entries(FRAMES)) {
  test(`well-formed: ${name} is ${expected}`, () => {
    const { history, socket } = fakeHistory();
    socket('c1').ready().fact(fact);
    expect(codesOf(wellFormed()(history))).toBe(expected);
  });
}

const INPUTS: Readonly<
  Record<
    string,
    readonly [
      string,
      'invalid-json' | 'non-object' | 'unknown-type' | 'oversize',
      (c1: FakeConnection) => FakeConnection,
    ]
  >
> = {
  'invalid JSON, answered by an error': [
    'holds',
    'invalid-json',
    (c1) => c1.fact(unreadable('sent', 'not-json')).hears({ type: 'error_message' }),
  ],
  'invalid JSON, answered by an ack': [
    'input-misanswered',
    'invalid-json',
    (c1) => c1.fact(unreadable('sent', 'not-json')).hears({ type: 'ack' }),
  ],
  'invalid JSON, answered by silence': [
    'input-unanswered',
    'invalid-json',
    (c1) => c1.fact(unreadable('sent', 'not-json')).deadline('answer to invalid-json'),
  ],
  'invalid JSON, answered by a close': [
    'input-misanswered',
    'invalid-json',
    (c1) => c1.fact(unreadable('sent', 'not-json')).closed(1011),
  ],
  'invalid JSON, not waited for': [
    'unknown: not-awaited',
    'invalid-json',
    (c1) => c1.fact(unreadable('sent', 'not-json')),
  ],
  'no input at all': ['unknown: not-asked', 'invalid-json', (c1) => c1],
  'an array, ignored': [
    'holds',
    'non-object',
    (c1) => c1.fact(unreadable('sent', 'not-an-object')).deadline('answer to non-object'),
  ],
  'an unknown type, acknowledged': [
    'holds',
    'unknown-type',
    (c1) => c1.says({ type: 'e2e_unknown_type' }).hears({ type: 'ack' }),
  ],
  'an unknown type, answered by an error': [
    'input-misanswered',
    'unknown-type',
    (c1) => c1.says({ type: 'e2e_unknown_type' }).hears({ type: 'error' }),
  ],
  'an oversize message, dropped': [
    'holds',
    'oversize',
    (c1) => c1.says({ type: 'chat', content: 'x'.repeat(9000) }).deadline('answer to oversize'),
  ],
  'an oversize message, closed with 1009': [
    'holds',
    'oversize',
    (c1) => c1.says({ type: 'chat', content: 'x'.repeat(9000) }).closed(1009),
  ],
};

for (const [name, [expected, input, tell]] of Object.entries(INPUTS)) {
  test(`bad-input: ${name} is ${expected}`, () => {
    const { history, socket } = fakeHistory();
    tell(socket('c1').ready());
    expect(codesOf(badInput(input)(history))).toBe(expected);
  });
}

test('secrets: a credential that the server sends back is told, one that our redactor missed too', () => {
  const { history, socket } = fakeHistory();
  const c1 = socket('c1').ready();
  expect(codesOf(secrets()(history))).toBe('holds');
  c1.hears({ type: 'ack', token: '[redacted:token]' });
  expect(codesOf(secrets()(history))).toBe('secret-echoed');
  c1.says({ type: 'chat', content: 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl' });
  expect(codesOf(secrets()(history))).toBe('secret-echoed secret-recorded');
});
