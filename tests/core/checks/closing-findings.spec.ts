import { expect, test } from '@playwright/test';
import { closing } from '../../../src/checks/closing.ts';
import type { FakeConnection } from '../histories/fake-history.ts';
import { fakeHistory } from '../histories/fake-history.ts';

const broken = (code: string) => ({ kind: 'broken', code, message: 'x' }) as const;

/** Entries 0 to 2 are the upgrade and the welcome; what follows comes 20 ms after the upgrade. */
const TALES: Readonly<Record<string, readonly [Record<string, unknown>, (c1: FakeConnection) => void]>> = {
  'our close and its answer are evidence': [{ holds: true, evidence: [1, 3] }, (c1) => c1.closed(1000, '', 'us')],
  'silence after our close is told with its deadline': [
    {
      findings: [
        {
          code: 'close-unanswered',
          found: 'no close frame',
          because: 'c1: our close frame got no answer within 500 ms; the socket was cut',
          entries: [3],
          connection: 'c1',
        },
      ],
    },
    (c1) => c1.deadline('close', 500).closed(1006, '', 'us'),
  ],
  'another code in answer is told with the end': [
    {
      findings: [
        {
          code: 'close-misanswered',
          found: 'close 1011',
          because: 'c1: we closed with 1000, the connection ended with 1011 (internal error)',
          entries: [3],
          connection: 'c1',
        },
      ],
    },
    (c1) => c1.closed(1011, '', 'us'),
  ],
  'no close frame in answer, and no wait for one, is an unclean end': [
    { findings: [{ code: 'closed-uncleanly', found: 'close 1006', entries: [3] }] },
    (c1) => c1.closed(1006, '', 'us'),
  ],
  'a close by the server is told with its age and meaning': [
    {
      findings: [
        {
          code: 'closed-by-server',
          found: 'close 1011',
          because:
            'c1: the server closed with 1011 without a reason 20 ms after it opened (internal error: server exception or service not ready)',
          entries: [3],
          connection: 'c1',
        },
      ],
    },
    (c1) => c1.closed(1011),
  ],
  'a close by the server with 1000 masks an exception': [
    {
      findings: [
        {
          code: 'closed-by-server',
          found: 'close 1000',
          because:
            'c1: the server closed with 1000 "main cleanup" 20 ms after it opened (normal closure: clean-up; unsolicited, it masks a server exception)',
          entries: [3],
        },
      ],
    },
    (c1) => c1.closed(1000, 'main cleanup'),
  ],
  'a close frame without a code is an unclean end': [
    { findings: [{ code: 'closed-uncleanly', found: 'close 1005', entries: [3] }] },
    (c1) => c1.closed(1005),
  ],
  'a broken frame is judged elsewhere': [
    { holds: true, evidence: [1] },
    (c1) => c1.fact(broken('WS_ERR_INVALID_UTF8')).closed(1006),
  ],
  'a reset is an unclean end': [
    { findings: [{ code: 'closed-uncleanly', entries: [4] }] },
    (c1) => c1.fact(broken('ECONNRESET')).closed(1006),
  ],
};

for (const [name, [expected, tell]] of Object.entries(TALES)) {
  test(`closing: ${name}`, () => {
    const { history, socket } = fakeHistory();
    tell(socket('c1').ready());
    expect(closing()(history)).toMatchObject(expected);
  });
}
