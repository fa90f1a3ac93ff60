import { expect, test } from '@playwright/test';
import { refuses } from '../../../src/checks/refuses.ts';
import type { FakeHistory } from '../histories/fake-history.ts';
import { fakeHistory } from '../histories/fake-history.ts';

const accepted = { code: 'bad-token-accepted', found: 'a welcome', entries: [1, 2], connection: 'c1' };

const REFUSALS: Readonly<Record<string, readonly [Record<string, unknown>, (told: FakeHistory) => void]>> = {
  'that is refused by the upgrade is evidence': [
    { holds: true, evidence: [1, 2] },
    ({ socket }) => socket('c1').asks('expired').refused(401),
  ],
  'that is refused after the upgrade is evidence': [
    { holds: true, evidence: [3] },
    ({ socket }) => socket('c1').asks('expired').opens().hears({ type: 'ping' }).closed(4001),
  ],
  'that is welcomed is told with the user': [
    {
      findings: [{ ...accepted, because: 'the expired credential was welcomed as anna' }],
    },
    ({ socket }) => socket('c1').asks('expired').opens().welcomed('anna'),
  ],
  'that is welcomed and then loses the connection is told with the welcome': [
    { findings: [accepted] },
    ({ socket }) => socket('c1').asks('expired').opens().welcomed('anna').closed(1011),
  ],
  'that is welcomed by no name is told': [
    { findings: [{ ...accepted, because: 'the expired credential was welcomed as an unnamed user' }] },
    ({ socket }) => socket('c1').asks('expired').opens().hears({ type: 'welcome' }),
  ],
  'that ends in an unclear close is told with the close': [
    {
      findings: [
        {
          code: 'refused-unclearly',
          found: 'close 1011',
          because:
            'the expired credential ended the connection: the server closed with 1011 without a reason 20 ms after it opened, which names no authentication',
          entries: [1, 3],
        },
      ],
    },
    ({ socket }) => socket('c1').asks('expired').opens().hears({ type: 'ping' }).closed(1011),
  ],
  'that we close after is told as undecided': [
    { findings: [{ code: 'bad-token-undecided', entries: [1, 3] }] },
    ({ socket }) => socket('c1').asks('expired').opens().deadline('welcome or refusal').closed(1000, '', 'us'),
  ],
  'that is met by silence is told with the last thing seen': [
    {
      findings: [
        {
          code: 'bad-token-undecided',
          found: 'an open, silent connection',
          because: 'the expired credential opened a connection that was neither welcomed nor closed',
          entries: [1, 3],
        },
      ],
    },
    ({ socket }) => socket('c1').asks('expired').opens().hears({ type: 'ping' }).deadline('welcome or refusal'),
  ],
  'that is let in where everybody is proves nothing': [
    {
      holds: 'unknown',
      findings: [
        {
          code: 'auth-bypass-active',
          because: 'GET /ws/health says "demo_mode":true; the expired credential was accepted, as any would be',
          entries: [3, 1, 2],
        },
      ],
    },
    ({ socket, probe }) => {
      socket('c1').asks('expired').opens().welcomed('anna');
      probe({ name: 'websocket-health', target: 'GET /ws/health', status: 200, body: '{"demo_mode":true}' });
    },
  ],
  'that an unreachable server never judged is told with the refusal': [
    {
      holds: 'unknown',
      findings: [
        {
          code: 'not-connected',
          because: 'the expired credential was never judged: the connection could not be made: x',
          entries: [1],
        },
      ],
    },
    ({ socket }) => socket('c1').asks('expired').fact({ kind: 'refused', because: 'x', code: 'ECONNREFUSED' }),
  ],
};

for (const [name, [expected, tell]] of Object.entries(REFUSALS)) {
  test(`refusal: a bad credential ${name}`, () => {
    const told = fakeHistory();
    tell(told);
    expect(refuses()(told.history)).toMatchObject(expected);
  });
}

test('refusal: only the connections in scope are judged, and none that never asked', () => {
  const { history, socket } = fakeHistory();
  socket('c0').opens();
  socket('c1').asks('expired').opens().welcomed();
  socket('c2').asks('expired').refused(401);
  expect(refuses({ of: ['c0', 'c2'] })(history)).toMatchObject({ holds: true, evidence: [5, 6] });
  expect(refuses()(history)).toMatchObject({ holds: false, findings: [{ connection: 'c1' }] });
});
