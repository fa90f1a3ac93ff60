import { expect, test } from '@playwright/test';
import { badInput } from '../../../src/checks/bad-input.ts';
import { ADVERTISED_MESSAGE_BYTES } from '../../../src/protocol/bad-input.ts';
import type { BadInput } from '../../../src/protocol/bad-input.ts';
import type { Verdict } from '../../../src/checks/index.ts';
import type { Fact } from '../../../src/history/entry.ts';
import type { FakeConnection } from '../histories/fake-history.ts';
import { fakeHistory } from '../histories/fake-history.ts';
import { codesOf, judgesTo, welcomed } from './judges-to.ts';

const unreadable = (direction: 'sent' | 'received', why: 'not-json' | 'not-an-object'): Fact => ({
  kind: 'unreadable',
  direction,
  why,
  excerpt: '',
  bytes: 9,
});
const INVALID = unreadable('sent', 'not-json');
const ARRAY = unreadable('sent', 'not-an-object');
const ERROR = { type: 'error_message', error_code: 'BAD', error_message: 'no' };

judgesTo('bad-input', badInput('invalid-json'), [
  {
    title: 'invalid JSON, answered by an error',
    gives: 'holds',
    history: welcomed((c1) => c1.fact(INVALID).receives({ type: 'error_message' })),
  },
  {
    title: 'invalid JSON, answered by an ack',
    gives: 'input-misanswered',
    history: welcomed((c1) => c1.fact(INVALID).receives({ type: 'ack' })),
  },
  {
    title: 'invalid JSON, answered by silence',
    gives: 'input-unanswered',
    history: welcomed((c1) => c1.fact(INVALID).deadline('answer to invalid-json')),
  },
  {
    title: 'invalid JSON, answered by a close',
    gives: 'input-misanswered',
    history: welcomed((c1) => c1.fact(INVALID).closed(1011)),
  },
  { title: 'invalid JSON, not waited for', gives: 'unknown: not-awaited', history: welcomed((c1) => c1.fact(INVALID)) },
  { title: 'a test that sends nothing', gives: 'unknown: not-asked', history: welcomed((c1) => c1) },
  {
    title: 'an unrelated message before the right answer',
    gives: 'holds',
    history: ({ socket }) =>
      socket('c1')
        .ready()
        .fact({ kind: 'unreadable', direction: 'sent', why: 'not-json', excerpt: '', bytes: 1 })
        .receives({ type: 'system_message', data: { event: 'presence' } })
        .receives({ type: 'error_message', error_code: 'FORMAT_ERROR' }),
  },
  {
    title: 'an array for invalid JSON',
    gives: 'unknown: not-asked',
    history: welcomed((c1) => c1.fact(ARRAY).deadline('answer to invalid-json')),
  },
  {
    title: 'invalid JSON of the server for ours',
    gives: 'unknown: not-asked',
    history: welcomed((c1) => c1.fact(unreadable('received', 'not-json')).deadline('answer to invalid-json')),
  },
]);

judgesTo('bad-input', badInput('non-object'), [
  {
    title: 'an array, ignored',
    gives: 'holds',
    history: welcomed((c1) => c1.fact(ARRAY).deadline('answer to non-object')),
  },
  {
    title: 'invalid JSON for an array',
    gives: 'unknown: not-asked',
    history: welcomed((c1) => c1.fact(INVALID).deadline('answer to non-object')),
  },
]);

judgesTo('bad-input', badInput('unknown-type'), [
  {
    title: 'an unknown type, acknowledged',
    gives: 'holds',
    history: welcomed((c1) => c1.sends({ type: 'e2e_unknown_type' }).receives({ type: 'ack' })),
  },
  {
    title: 'an unknown type, answered by an error',
    gives: 'input-misanswered',
    history: welcomed((c1) => c1.sends({ type: 'e2e_unknown_type' }).receives({ type: 'error' })),
  },
]);

judgesTo('bad-input', badInput('oversize'), [
  {
    title: 'an oversize message, dropped',
    gives: 'holds',
    history: welcomed((c1) => c1.sends({ type: 'chat', content: 'x'.repeat(9000) }).deadline('answer to oversize')),
  },
  {
    title: 'an oversize message, closed with 1009',
    gives: 'holds',
    history: welcomed((c1) => c1.sends({ type: 'chat', content: 'x'.repeat(9000) }).closed(1009)),
  },
  {
    title: 'a long message of the server for ours',
    gives: 'unknown: not-asked',
    history: welcomed((c1) => c1.receives(ofBytes(9000)).deadline('answer to oversize')),
  },
  {
    title: 'a message of the advertised size for a longer one',
    gives: 'unknown: not-asked',
    history: welcomed((c1) => c1.sends(ofBytes(ADVERTISED_MESSAGE_BYTES)).deadline('answer to oversize')),
  },
]);

function judged(input: BadInput, record: (c1: FakeConnection) => unknown): Verdict {
  const { history, socket } = fakeHistory();
  record(socket('c1').ready());
  return badInput(input)(history);
}

/** A message of exactly this size. */
function ofBytes(bytes: number): object {
  return { type: 'chat', content: 'x'.repeat(bytes - '{"type":"chat","content":""}'.length) };
}

const BROKEN = 'invalid-json is answered by an error message';

test('bad-input: silence where an answer is documented cites the input and the deadline', () => {
  expect(judged('invalid-json', (c1) => c1.fact(INVALID).deadline('answer to invalid-json', 1000.4))).toMatchObject({
    check: 'bad-input',
    holds: false,
    findings: [
      {
        code: 'input-unanswered',
        blame: 'product',
        expected: BROKEN,
        found: 'silence',
        because: 'invalid-json (#3) got no answer within 1000 ms',
        entries: [3, 4],
        connection: 'c1',
      },
    ],
  });
});

const ANSWERS = [
  ['an acknowledgement', { type: 'ack' }, 'ack'],
  ['the error of an unknown type', ERROR, 'error_message BAD'],
] as const;

for (const [what, answer, found] of ANSWERS) {
  test(`bad-input: ${what} where the other answer is documented is quoted and cited`, () => {
    const input = what === 'an acknowledgement' ? 'oversize' : 'unknown-type';
    const sent = input === 'oversize' ? ofBytes(9000) : { type: 'e2e_unknown_type' };
    const expected = {
      oversize: 'oversize is answered by an error message, or ignored',
      'unknown-type': 'unknown-type is answered by an acknowledgement message',
    }[input];
    const because = `${input} (#3) was answered by ${found} (#4)`;
    expect(judged(input, (c1) => c1.sends(sent).receives(answer))).toMatchObject({
      holds: false,
      findings: [{ code: 'input-misanswered', expected, found, because, entries: [3, 4], connection: 'c1' }],
    });
  });
}

test('bad-input: a close by the server instead of an answer is reported with its code', () => {
  expect(judged('invalid-json', (c1) => c1.fact(INVALID).closed(1011, 'gone'))).toMatchObject({
    holds: false,
    findings: [{ code: 'input-misanswered', expected: BROKEN, found: 'close 1011', entries: [3], connection: 'c1' }],
  });
});

test('bad-input: what nobody waited for is a doubt that cites the input', () => {
  const because = 'the test did not wait for the answer to invalid-json';
  expect(judged('invalid-json', (c1) => c1.fact(INVALID))).toMatchObject({
    holds: 'unknown',
    findings: [{ code: 'not-awaited', because, entries: [3], connection: 'c1' }],
  });
});

const IGNORED = [
  ['non-object', 'input-ignored', (c1: FakeConnection) => c1.fact(ARRAY)],
  ['oversize', 'oversize-dropped', (c1: FakeConnection) => c1.sends(ofBytes(9000))],
] as const;

for (const [input, code, record] of IGNORED) {
  test(`bad-input: silence after ${input} holds with the note ${code}`, () => {
    expect(judged(input, (c1) => record(c1).deadline(`answer to ${input}`))).toMatchObject({
      holds: true,
      because: `${input} got its documented answer`,
      evidence: [3, 4],
      notes: [{ code, because: `${input} was ignored without an answer`, entries: [3, 4] }],
    });
  });
}

test('bad-input: one byte above the advertised size is too long, and an error answers it', () => {
  const sent = ofBytes(ADVERTISED_MESSAGE_BYTES + 1);
  expect(judged('oversize', (c1) => c1.sends(sent).receives(ERROR))).toMatchObject({ holds: true, evidence: [3, 4] });
});

test('bad-input: an error that came before the input does not answer it', () => {
  const verdict = judged('invalid-json', (c1) => c1.receives(ERROR).fact(INVALID).deadline('answer to invalid-json'));
  expect(codesOf(verdict)).toBe('input-unanswered');
});
