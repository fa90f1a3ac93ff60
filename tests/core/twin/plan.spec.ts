import { Buffer } from 'node:buffer';
import { expect, test } from '@playwright/test';
import { markedPlan } from '../../../src/twin/server/fault-engine.ts';
import {
  after,
  before,
  delayed,
  endAfter,
  instead,
  stayQuiet,
  swapped,
  without,
} from '../../../src/twin/behaviour/plan.ts';
import type { Plan } from '../../../src/twin/behaviour/plan.ts';
import { closeFrameBytes, frameBytes } from '../../../src/twin/behaviour/raw-frames.ts';

const PLAN: Plan = ['one', 'two', 'three'].map((label, at) => stayQuiet(label, at));
const EXTRA = stayQuiet('extra');

const labels = (plan: Plan): string => plan.map(({ label }) => label).join(' ');

test('twin plan: edits say what they do', () => {
  expect(labels(without(PLAN, 'two'))).toBe('one three');
  expect(labels(before(PLAN, 'two', EXTRA))).toBe('one extra two three');
  expect(labels(after(PLAN, 'two', EXTRA))).toBe('one two extra three');
  expect(labels(endAfter(PLAN, 'one', EXTRA))).toBe('one extra');
  expect(labels(instead(PLAN, 'one', () => []))).toBe('two three');
  expect(swapped(PLAN, 'one', 'three').map(({ label, afterMs }) => [label, afterMs])).toEqual([
    ['three', 0],
    ['two', 1],
    ['one', 2],
  ]);
});

test('twin plan: an edit of a step that is not there changes nothing', () => {
  const edited = [without, endAfter, (plan: Plan) => swapped(plan, 'four', 'one')].map((edit) => edit(PLAN, 'four'));
  for (const plan of [...edited, before(PLAN, 'four', EXTRA), after(PLAN, 'four', EXTRA)]) expect(plan).toBe(PLAN);
});

const CHANGES: readonly (readonly [title: string, changed: Plan, at: number, hit: string])[] = [
  ['a step left out', without(PLAN, 'two'), 1, 'two'],
  ['the last step left out', without(PLAN, 'three'), 2, 'three'],
  ['a step put in', after(PLAN, 'one', EXTRA), 1, 'extra'],
  ['a step put at the end', after(PLAN, 'three', EXTRA), 3, 'extra'],
  ['a step repeated', after(PLAN, 'one', { ...stayQuiet('one') }), 1, 'one'],
  ['two steps swapped', swapped(PLAN, 'two', 'three'), 1, 'two'],
  ['everything gone', [], 0, 'one'],
];

for (const [title, changed, at, hit] of CHANGES) {
  test(`twin plan: ${title} is marked where the plan departs`, () => {
    const plan = markedPlan(PLAN, changed, 'fault');
    expect(plan.flatMap(({ marks }, index) => (marks ?? []).map((mark) => [index, mark]))).toEqual([
      [at, { name: 'fault', hit }],
    ]);
    expect(labels(plan.filter(({ label }) => label !== 'fault'))).toBe(labels(changed));
  });
}

test('twin plan: a delay is marked before it begins', () => {
  const plan = markedPlan(
    PLAN,
    instead(PLAN, 'two', (step) => [delayed(step, 100)]),
    'fault',
  );
  expect(plan.map(({ label, afterMs, marks }) => [label, afterMs, marks?.length ?? 0])).toEqual([
    ['one', 0, 0],
    ['fault', 0, 1],
    ['two', 101, 0],
    ['three', 2, 0],
  ]);
});

test('twin plan: a plan that did not change carries no mark', () => {
  expect(markedPlan(PLAN, [...PLAN], 'fault')).toEqual(PLAN);
});

const FRAMES: readonly (readonly [title: string, bytes: Uint8Array, hex: string])[] = [
  ['a text', frameBytes({ opcode: 1, payload: 'Hi' }), '81024869'],
  ['a fragment', frameBytes({ opcode: 1, payload: 'Hi', final: false }), '01024869'],
  ['a masked text', frameBytes({ opcode: 1, payload: 'Hi', mask: [1, 2, 3, 4] }), '818201020304496b'],
  ['a reserved bit', frameBytes({ opcode: 2, reserved: 4 }), 'c200'],
  ['a close', closeFrameBytes(401, 'no'), '880401916e6f'],
];

for (const [title, bytes, hex] of FRAMES) {
  test(`twin plan: the bytes of ${title} are those of RFC 6455`, () => {
    expect(Buffer.from(bytes).toString('hex')).toBe(hex);
  });
}

test('twin plan: longer frames say their length in two and in eight bytes', () => {
  const head = (length: number): string =>
    Buffer.from(frameBytes({ opcode: 2, payload: new Uint8Array(length) }).slice(0, 10)).toString('hex');
  expect(head(125)).toMatch(/^827d00/);
  expect(head(126)).toMatch(/^827e007e00/);
  expect(head(65_536)).toBe('827f0000000000010000');
});
