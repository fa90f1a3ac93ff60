import { expect, test } from '@playwright/test';
import { closing } from '../../../src/checks/closing.ts';
import { codesOf } from './codes.ts';
import type { FakeHistory } from '../histories/fake-history.ts';
import { fakeHistory } from '../histories/fake-history.ts';

type Told = (told: FakeHistory) => void;

const error = { type: 'error_message', error_code: 'VALIDATION_FAILED', error_message: 'no' };

const CLOSINGS: Readonly<Record<string, readonly [string, Told]>> = {
  'our close, answered': ['holds', ({ socket }) => socket('c1').ready().closed(1000, '', 'us')],
  'an open connection': ['holds', ({ socket }) => socket('c1').ready()],
  'a refused bad token': [
    'unknown: not-asked',
    ({ socket }) => socket('c1').asks('expired').opens().hears(error).closed(1008),
  ],
  'a refused good token, judged by the handshake': [
    'unknown: not-connected',
    ({ socket }) => socket('c1').asks().opens().closed(1008),
  ],
  'a server close with 1011': ['closed-by-server', ({ socket }) => socket('c1').ready().closed(1011)],
  'a server close with 1000': ['closed-by-server', ({ socket }) => socket('c1').ready().closed(1000, 'main cleanup')],
  'no close frame': ['closed-uncleanly', ({ socket }) => socket('c1').ready().closed(1006)],
  'an unanswered close': [
    'close-unanswered',
    ({ socket }) => socket('c1').ready().deadline('close').closed(1006, '', 'us'),
  ],
  'another code in answer': ['close-misanswered', ({ socket }) => socket('c1').ready().closed(1011, '', 'us')],
};

for (const [name, [expected, tell]] of Object.entries(CLOSINGS)) {
  test(`closing: ${name} is ${expected}`, () => {
    const told = fakeHistory();
    tell(told);
    expect(codesOf(closing()(told.history))).toBe(expected);
  });
}
