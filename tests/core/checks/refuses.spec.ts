import { expect, test } from '@playwright/test';
import { refuses } from '../../../src/checks/refuses.ts';
import { fakeHistory } from '../histories/fake-history.ts';
import { judgesTo } from './judges-to.ts';

const error = { type: 'error_message', error_code: 'VALIDATION_FAILED', error_message: 'no' };

const OTHERWISE = { code: 'refused-by-other-code' };

judgesTo('refuses', refuses(), [
  {
    title: 'close 1008 leaves no note',
    verdict: { gives: 'holds', notes: [] },
    history: ({ socket }) => socket('c1').asks('expired').opens().receives(error).closed(1008),
  },
  {
    title: 'a note says what the browser client does after HTTP 401',
    verdict: { gives: 'holds', notes: [{ ...OTHERWISE, because: expect.stringContaining('refused by HTTP 401') }] },
    history: ({ socket }) => socket('c1').asks('expired').refused(401),
  },
  {
    title: 'a note says what the browser client does after close 4001',
    verdict: { gives: 'holds', notes: [{ ...OTHERWISE, because: expect.stringContaining('refused by close 4001') }] },
    history: ({ socket }) => socket('c1').asks('expired').opens().closed(4001),
  },
  {
    title: 'a bad credential that gets HTTP 401',
    gives: 'holds',
    history: ({ socket }) => socket('c1').asks('expired').refused(401),
  },
  {
    title: 'a bad credential that gets an error and close 1008',
    gives: 'holds',
    history: ({ socket }) => socket('c1').asks('expired').opens().receives(error).closed(1008),
  },
  {
    title: 'a bad credential that gets close 4001',
    gives: 'holds',
    history: ({ socket }) => socket('c1').asks('expired').opens().closed(4001),
  },
  {
    title: 'a bad credential that gets a welcome',
    gives: 'bad-token-accepted',
    history: ({ socket }) => socket('c1').asks('expired').opens().welcomed(),
  },
  {
    title: 'a bad credential that gets a welcome as the demo user',
    gives: 'unknown: auth-bypass-active',
    history: ({ socket }) => socket('c1').asks('expired').opens().welcomed('demo-user-001'),
  },
  {
    title: 'a bad credential that gets close 1011 without a reason',
    gives: 'refused-unclearly',
    history: ({ socket }) => socket('c1').asks('expired').opens().closed(1011),
  },
  {
    title: 'a bad credential that gets silence',
    gives: 'bad-token-undecided',
    history: ({ socket }) => socket('c1').asks('expired').opens().deadline('welcome or refusal'),
  },
  {
    title: 'a bad credential that gets a closed port',
    gives: 'unknown: not-connected',
    history: ({ socket }) => socket('c1').asks('expired').fact({ kind: 'refused', because: 'x', code: 'ECONNREFUSED' }),
  },
  {
    title: 'a bad credential that gets a server error',
    gives: 'unknown: not-connected',
    history: ({ socket }) => socket('c1').asks('expired').refused(500),
  },
  {
    title: 'a bad credential that gets HTTP 401 over HTTP',
    gives: 'holds',
    history: ({ probe }) => probe({ name: 'rest-with-expired', target: 'GET /api/threads', status: 401 }),
  },
  {
    title: 'a bad credential that gets HTTP 200 over HTTP',
    gives: 'bad-token-accepted',
    history: ({ probe }) => probe({ name: 'rest-with-expired', target: 'GET /api/threads', status: 200 }),
  },
  {
    title: 'a bad credential that gets HTTP 200 from a deployment that lets everybody in',
    gives: 'unknown: auth-bypass-active',
    history: ({ probe }) => {
      probe({ name: 'bypass', target: 'GET /ws/health', status: 200, body: '{"auth_bypass_active": true}' });
      probe({ name: 'rest-with-expired', target: 'GET /api/threads', status: 200 });
    },
  },
  {
    title: 'a bad credential that gets HTTP 503 over HTTP',
    gives: 'unknown: not-connected',
    history: ({ probe }) => probe({ name: 'rest-with-expired', target: 'GET /api/threads', status: 503 }),
  },
  {
    title: 'a good credential that gets HTTP 200 over HTTP',
    gives: 'unknown: not-asked',
    history: ({ probe }) => probe({ name: 'rest-with-token', target: 'GET /api/threads', status: 200 }),
  },
  {
    title: 'a bad credential that is not there',
    gives: 'unknown: not-asked',
    history: ({ socket }) => socket('c1').ready(),
  },
  {
    title: 'the refusal of a bad token while a good one is accepted over HTTP',
    gives: 'holds',
    history: ({ socket, probe }) => {
      probe({ name: 'rest-with-token', target: 'GET /api/threads', status: 200 });
      socket('c1').asks('wrong-secret').refused(401);
    },
  },
  {
    title: 'a firewall that answers for the product',
    gives: 'unknown: not-connected',
    history: ({ socket }) => socket('c1').asks('wrong-secret').refused(403, '<!DOCTYPE html>'),
  },
]);

const accepted = { code: 'bad-token-accepted', found: 'a welcome', entries: [1, 2], connection: 'c1' };

judgesTo('refuses', refuses(), [
  {
    title: 'a bad credential that is refused by the upgrade is evidence',
    verdict: { holds: true, evidence: [1, 2] },
    history: ({ socket }) => socket('c1').asks('expired').refused(401),
  },
  {
    title: 'a bad credential that is refused after the upgrade is evidence',
    verdict: { holds: true, evidence: [3] },
    history: ({ socket }) => socket('c1').asks('expired').opens().receives({ type: 'ping' }).closed(4001),
  },
  {
    title: 'a bad credential that is welcomed is reported with the user',
    verdict: {
      findings: [{ ...accepted, because: 'the expired credential was welcomed as anna' }],
    },
    history: ({ socket }) => socket('c1').asks('expired').opens().welcomed('anna'),
  },
  {
    title: 'a bad credential that is welcomed and then loses the connection is reported with the welcome',
    verdict: { findings: [accepted] },
    history: ({ socket }) => socket('c1').asks('expired').opens().welcomed('anna').closed(1011),
  },
  {
    title: 'a bad credential that is welcomed by no name is reported',
    verdict: { findings: [{ ...accepted, because: 'the expired credential was welcomed as an unnamed user' }] },
    history: ({ socket }) => socket('c1').asks('expired').opens().receives({ type: 'welcome' }),
  },
  {
    title: 'a bad credential that ends in an unclear close is reported with the close',
    verdict: {
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
    history: ({ socket }) => socket('c1').asks('expired').opens().receives({ type: 'ping' }).closed(1011),
  },
  {
    title: 'a bad credential that we close after is reported as undecided',
    verdict: { findings: [{ code: 'bad-token-undecided', entries: [1, 3] }] },
    history: ({ socket }) => socket('c1').asks('expired').opens().deadline('welcome or refusal').closed(1000, '', 'us'),
  },
  {
    title: 'a bad credential that is met by silence is reported with the last thing seen',
    verdict: {
      findings: [
        {
          code: 'bad-token-undecided',
          found: 'an open, silent connection',
          because: 'the expired credential opened a connection that was neither welcomed nor closed',
          entries: [1, 3],
        },
      ],
    },
    history: ({ socket }) =>
      socket('c1').asks('expired').opens().receives({ type: 'ping' }).deadline('welcome or refusal'),
  },
  {
    title: 'a bad credential that is let in where everybody is proves nothing',
    verdict: {
      holds: 'unknown',
      findings: [
        {
          code: 'auth-bypass-active',
          because: 'GET /ws/health says "demo_mode":true; the expired credential was accepted, as any would be',
          entries: [3, 1, 2],
        },
      ],
    },
    history: ({ socket, probe }) => {
      socket('c1').asks('expired').opens().welcomed('anna');
      probe({ name: 'websocket-health', target: 'GET /ws/health', status: 200, body: '{"demo_mode":true}' });
    },
  },
  {
    title: 'a bad credential that an unreachable server never judged is reported with the refusal',
    verdict: {
      holds: 'unknown',
      findings: [
        {
          code: 'not-connected',
          because: 'the expired credential was never judged: no TCP connection could be made: x',
          entries: [1],
        },
      ],
    },
    history: ({ socket }) => socket('c1').asks('expired').fact({ kind: 'refused', because: 'x', code: 'ECONNREFUSED' }),
  },
  {
    title: 'a bad credential that is still undecided when we stop listening is not awaited',
    verdict: {
      holds: 'unknown',
      findings: [
        {
          code: 'not-awaited',
          because: 'the test stopped listening before anything was decided about the expired credential',
          entries: [1],
        },
      ],
    },
    history: ({ socket }) => socket('c1').asks('expired').opens(),
  },
  {
    title: 'a bad credential that we close after too early is not awaited',
    verdict: { holds: 'unknown', findings: [{ code: 'not-awaited', entries: [1, 2] }] },
    history: ({ socket }) => socket('c1').asks('expired').opens().closed(1000, '', 'us'),
  },
  {
    title: 'a bad credential that nobody answers within the wait for a welcome is undecided',
    verdict: { holds: false, findings: [{ code: 'bad-token-undecided', entries: [1, 2] }] },
    history: ({ socket }) => socket('c1').asks('expired').opens().deadline('welcome'),
  },
]);

test('refuses: only the connections in scope are judged, and none that never asked', () => {
  const { history, socket } = fakeHistory();
  socket('c0').opens();
  socket('c1').asks('expired').opens().welcomed();
  socket('c2').asks('expired').refused(401);
  expect(refuses({ of: ['c0', 'c2'] })(history)).toMatchObject({ holds: true, evidence: [5, 6] });
  expect(refuses()(history)).toMatchObject({ holds: false, findings: [{ connection: 'c1' }] });
});
