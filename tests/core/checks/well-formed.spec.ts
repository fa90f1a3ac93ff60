import { expect, test } from '@playwright/test';
import { wellFormed } from '../../../src/checks/well-formed.ts';
import type { FakeConnection } from '../histories/fake-history.ts';
import { fakeHistory } from '../histories/fake-history.ts';

const PROMISE = 'every data message is a JSON object in a text frame, and every frame obeys RFC 6455';

/** Entries 0 to 2 are the upgrade and the welcome. */
const TALES: Readonly<Record<string, readonly [Record<string, unknown>, (c1: FakeConnection) => void]>> = {
  'what was opened and received is evidence, what we did is none': [
    { holds: true, evidence: [1, 2, 4] },
    (c1) => c1.says({ type: 'ping' }).hears({ type: 'pong' }).quiet().closed(1000, '', 'us'),
  ],
  'a message that cannot be read is told with its beginning': [
    {
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
    (c1) =>
      c1.fact({
        kind: 'unreadable',
        direction: 'received',
        why: 'not-an-object',
        excerpt: 'x'.repeat(99),
        bytes: 99,
      }),
  ],
  'a broken frame is told with the words of the library': [
    {
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
    (c1) => c1.fact({ kind: 'broken', code: 'WS_ERR_INVALID_UTF8', message: 'invalid UTF-8 sequence' }),
  ],
};

for (const [name, [expected, tell]] of Object.entries(TALES)) {
  test(`well-formed: ${name}`, () => {
    const { history, socket } = fakeHistory();
    tell(socket('c1').ready());
    expect(wellFormed()(history)).toMatchObject(expected);
  });
}
