import { expect, test } from '@playwright/test';
import { badInput } from '../../../src/checks/bad-input.ts';
import { closing } from '../../../src/checks/closing.ts';
import { refuses } from '../../../src/checks/refuses.ts';
import { secrets } from '../../../src/checks/secrets.ts';
import type { Check } from '../../../src/checks/verdict.ts';
import { codesOf } from './codes.ts';
import type { FakeHistory } from '../histories/fake-history.ts';
import { fakeHistory } from '../histories/fake-history.ts';

/** Histories on which an earlier version of a check was wrong: too kind, or too strict. */
const TALES: Readonly<Record<string, readonly [string, Check, (told: FakeHistory) => void]>> = {
  'a bad token that is refused while a good one is accepted over HTTP is refused': [
    'holds',
    refuses(),
    ({ socket, probe }) => {
      probe({ name: 'rest-with-token', target: 'GET /api/threads', status: 200 });
      socket('c1').asks('wrong-secret').refused(401);
    },
  ],
  'a firewall that answers for the product judges no token': [
    'unknown: not-connected',
    refuses(),
    ({ socket }) => socket('c1').asks('wrong-secret').refused(403, '<!DOCTYPE html>'),
  ],
  'an unrelated message before the right answer is no wrong answer': [
    'holds',
    badInput('invalid-json'),
    ({ socket }) =>
      socket('c1')
        .ready()
        .fact({ kind: 'unreadable', direction: 'sent', why: 'not-json', excerpt: '', bytes: 1 })
        .hears({ type: 'system_message', data: { event: 'presence' } })
        .hears({ type: 'error_message', error_code: 'FORMAT_ERROR' }),
  ],
  'a secret in the answer of an endpoint is echoed': [
    'secret-echoed',
    secrets(),
    ({ probe }) =>
      probe({ name: 'mcp-config', target: 'GET /api/mcp/config', status: 200, body: '{"key":"[redacted:secret]"}' }),
  ],
  'a close frame without a code does not answer ours': [
    'close-misanswered',
    closing(),
    ({ socket }) => socket('c1').ready().closed(1005, '', 'us'),
  ],
};

for (const [name, [expected, check, tell]] of Object.entries(TALES)) {
  test(`soundness: ${name}`, () => {
    const told = fakeHistory();
    tell(told);
    expect(codesOf(check(told.history))).toBe(expected);
  });
}
