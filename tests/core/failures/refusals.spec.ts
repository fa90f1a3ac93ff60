import { expect, test } from '@playwright/test';
import { AFTERWARDS } from '../../../src/history/probe-names.ts';
import type { ProbeName } from '../../../src/history/probe-names.ts';
import { asksBy, closesEarly, diagnosisOf, failsWith } from './story.ts';
import type { Asked, Story } from './story.ts';

const signatureOf = (story: Story): string | undefined => diagnosisOf(story)?.signature;

/** A refused upgrade, and what was found out about it afterwards: probe names and their status. */
function refused(
  status: number,
  probes: readonly (readonly [ProbeName, number])[],
  asked: Asked = {},
  body = 'Forbidden',
): Story {
  return (told) => {
    asksBy(told.socket('c1'), asked).refused(status, body);
    for (const [name, answer] of probes) told.probe({ name, target: name, status: answer });
  };
}

const MARKED = { marked: true };
const REFUSED_403: readonly (readonly [string, Story, string])[] = [
  ['HTTP refuses the token too', refused(403, [[AFTERWARDS.rest, 401]]), 'FM-06'],
  ['HTTP accepts the token', refused(403, [[AFTERWARDS.rest, 200]]), 'FM-07'],
  ['HTTP says nothing about the token', refused(403, [[AFTERWARDS.rest, 500]]), 'refused-403'],
  ['the page is HTML, whatever HTTP says', refused(403, [[AFTERWARDS.rest, 200]], {}, '<html>'), 'FM-05'],
  ['it works without E2E headers', refused(403, [[AFTERWARDS.withoutE2eHeaders, 101]], MARKED), 'FM-77'],
  [
    'it fails without them too',
    refused(
      403,
      [
        [AFTERWARDS.rest, 200],
        [AFTERWARDS.withoutE2eHeaders, 403],
      ],
      MARKED,
    ),
    'FM-07',
  ],
  ['it works by header', refused(403, [[AFTERWARDS.byHeader, 101]], { carrier: 'subprotocol' }), 'FM-18'],
  ['it fails by header too', refused(403, [[AFTERWARDS.byHeader, 403]], { carrier: 'subprotocol' }), 'refused-403'],
  ['it works by subprotocol', refused(403, [[AFTERWARDS.bySubprotocol, 101]]), 'FM-19'],
  ['a 401 is accepted over HTTP', refused(401, [[AFTERWARDS.rest, 200]]), 'FM-19'],
  ['a 401 is refused over HTTP', refused(401, [[AFTERWARDS.rest, 401]]), 'FM-08'],
];

for (const [when, story, expected] of REFUSED_403) {
  test(`a refused upgrade is ${expected} when ${when}`, () => {
    expect(signatureOf(story)).toBe(expected);
  });
}

test('a subprotocol that a server selects unasked is its own fault', () => {
  const story: Story = (told) =>
    failsWith(told, 'invalid-subprotocol', 'Server sent a subprotocol but none was requested');
  expect(signatureOf(story)).toBe('subprotocol-not-offered');
});

test('one outage beside one success is not blamed on the E2E headers', () => {
  const marked =
    (status: number): Story =>
    (told) => {
      asksBy(told.socket('c1'), { marked: true }).refused(status);
      asksBy(told.socket('c2'), { marked: false }).opens().welcomed('anna');
    };
  expect([signatureOf(marked(502)), signatureOf(marked(403))]).toEqual(['FM-15', 'FM-77']);
});

test('1011 before any frame may be the form of the user id, and one attempt with another form tells', () => {
  const closed =
    (status?: number): Story =>
    (told) => {
      closesEarly(told, 1011, 'Internal error');
      const another = { name: AFTERWARDS.otherUserId, target: 'upgrade', ...(status !== undefined && { status }) };
      if (status !== undefined) told.probe(another);
    };
  const refusesThisForm = 'the server refuses this form of user id';
  const [untried, welcomed, failed] = [closed(), closed(101), closed(1011)].map((story) => diagnosisOf(story));
  expect([untried, welcomed, failed].map((diagnosis) => diagnosis?.signature)).toEqual(['FM-22', 'FM-52', 'FM-22']);
  expect(untried?.candidates).toContain(refusesThisForm);
  expect(welcomed?.measured).toContain('a user whose id has another form was welcomed afterwards');
  expect(failed?.measured).toContain('a user whose id has another form fared no better: the form of the id is not it');
});
