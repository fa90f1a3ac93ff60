import { expect, test } from '@playwright/test';
import { refuses } from '../../../src/checks/refuses.ts';
import { codesOf } from './codes.ts';
import type { FakeHistory } from '../histories/fake-history.ts';
import { fakeHistory } from '../histories/fake-history.ts';

type Told = (told: FakeHistory) => void;

const error = { type: 'error_message', error_code: 'VALIDATION_FAILED', error_message: 'no' };

const REFUSALS: Readonly<Record<string, readonly [string, Told]>> = {
  'HTTP 401': ['holds', ({ socket }) => socket('c1').asks('expired').refused(401)],
  'an error and close 1008': ['holds', ({ socket }) => socket('c1').asks('expired').opens().hears(error).closed(1008)],
  'close 4001': ['holds', ({ socket }) => socket('c1').asks('expired').opens().closed(4001)],
  'a welcome': ['bad-token-accepted', ({ socket }) => socket('c1').asks('expired').opens().welcomed()],
  'a welcome as the demo user': [
    'unknown: auth-bypass-active',
    ({ socket }) => socket('c1').asks('expired').opens().welcomed('demo-user-001'),
  ],
  'close 1011 without a reason': [
    'refused-unclearly',
    ({ socket }) => socket('c1').asks('expired').opens().closed(1011),
  ],
  silence: ['bad-token-undecided', ({ socket }) => socket('c1').asks('expired').opens().deadline('welcome or refusal')],
  'a closed port': [
    'unknown: not-connected',
    ({ socket }) => socket('c1').asks('expired').fact({ kind: 'refused', because: 'x', code: 'ECONNREFUSED' }),
  ],
  'a server error': ['unknown: not-connected', ({ socket }) => socket('c1').asks('expired').refused(500)],
  'no bad credential at all': ['unknown: not-asked', ({ socket }) => socket('c1').ready()],
};

for (const [name, [expected, tell]] of Object.entries(REFUSALS)) {
  test(`refusal: a bad credential that gets ${name} is ${expected}`, () => {
    const told = fakeHistory();
    tell(told);
    expect(codesOf(refuses()(told.history))).toBe(expected);
  });
}
