import { welcome } from '../../../src/checks/welcome.ts';
import { BUDGETS } from '../histories/budgets.ts';
import { judgesTo, opened } from './judges-to.ts';

judgesTo('welcome', welcome(BUDGETS), [
  { title: 'one welcome', gives: 'holds', history: ({ socket }) => socket('c1').ready() },
  {
    title: 'a welcome that cuts the name',
    gives: 'holds',
    history: ({ socket }) => socket('c1', 'abcdefgh-user').asks().opens().welcomed('abcdefgh...'),
  },
  {
    title: 'notices before the welcome',
    gives: 'holds',
    history: ({ socket }) =>
      socket('c1').asks().opens().receives({ type: 'ping' }).receives({ type: 'handshake_validation' }).welcomed(),
  },
  {
    title: 'a refused upgrade',
    gives: 'unknown: not-connected',
    history: ({ socket }) => socket('c1').asks().refused(403),
  },
  {
    title: 'a test that does not wait',
    gives: 'unknown: not-awaited',
    history: ({ socket }) => socket('c1').asks().opens(),
  },
  {
    title: 'silence to the deadline',
    gives: 'welcome-missing',
    history: ({ socket }) => socket('c1').asks().opens().deadline('welcome'),
  },
  {
    title: 'close 1011 before the welcome',
    gives: 'closed-before-welcome',
    history: ({ socket }) => socket('c1').asks().opens().closed(1011, 'Internal error'),
  },
  {
    title: 'close 1000 before the welcome',
    gives: 'closed-before-welcome',
    history: ({ socket }) => socket('c1').asks().opens().closed(1000, 'main cleanup'),
  },
  {
    title: 'an error in place of the welcome',
    gives: 'welcome-replaced-by-error',
    history: ({ socket }) => socket('c1').asks().opens().receives({ type: 'error', message: 'x' }).closed(1011),
  },
  { title: 'two welcomes', gives: 'welcome-duplicated', history: ({ socket }) => socket('c1').ready().welcomed() },
  {
    title: 'a welcome for another user',
    gives: 'welcome-wrong-user',
    history: ({ socket }) => socket('c1').asks().opens().welcomed('somebody-else'),
  },
  {
    title: 'a welcome in another mode',
    gives: 'welcome-wrong-mode',
    history: ({ socket }) =>
      socket('c1')
        .asks()
        .opens()
        .receives({ type: 'connect', data: { mode: 'legacy' } }),
  },
  {
    title: 'an event of a run before the welcome',
    gives: 'welcome-out-of-order',
    history: ({ socket }) => socket('c1').asks().opens().runs('one').event('one', 'agent_started').welcomed(),
  },
  {
    title: 'a late welcome',
    gives: 'welcome-late',
    history: ({ socket, at }) => {
      const c1 = socket('c1').asks().opens();
      at(1000);
      c1.welcomed();
    },
  },
  {
    title: 'a late welcome while we lagged ourselves',
    gives: 'unknown: harness-lag',
    history: ({ socket, at, lag }) => {
      const c1 = socket('c1').asks().opens();
      at(1000);
      lag(900);
      c1.welcomed();
    },
  },
]);

const error = { type: 'error', code: 'BUSY', message: 'try later' };
const unreadable = (direction: 'sent' | 'received') =>
  ({ kind: 'unreadable', direction, why: 'not-json', excerpt: '', bytes: 1 }) as const;

const replaced = { code: 'welcome-replaced-by-error', found: 'error: try later', connection: 'c1' };
const missing = { code: 'welcome-missing', found: 'no welcome', connection: 'c1' };
const closedFirst = { code: 'closed-before-welcome', connection: 'c1' };

/** The accepted upgrade is entry 1; what follows comes 10 ms apart. */
judgesTo('welcome', welcome(BUDGETS), [
  {
    title: 'an error in place of the welcome is reported with its code',
    verdict: { findings: [{ ...replaced, because: 'the first answer is the error BUSY', entries: [1, 2] }] },
    history: opened((c1) => c1.receives(error).deadline('welcome')),
  },
  {
    title: 'an error that says nothing is reported by its type',
    verdict: {
      findings: [
        {
          ...replaced,
          found: 'error: no text',
          because:
            'the first answer is the error error_message: the server closed with 1011 without a reason 20 ms after it opened',
        },
      ],
    },
    history: opened((c1) => c1.receives({ type: 'error_message' }).closed(1011)),
  },
  {
    title: 'an error after something unreadable is still in its place',
    verdict: { findings: [{ ...replaced, entries: [1, 3] }] },
    history: opened((c1) => c1.fact(unreadable('received')).receives(error).deadline('welcome')),
  },
  {
    title: 'an error after our pong is still in its place',
    verdict: { findings: [{ ...replaced, entries: [1, 4] }] },
    history: opened((c1) => c1.receives({ type: 'ping' }).sends({ type: 'pong' }).receives(error).deadline('welcome')),
  },
  {
    title: 'an error after our acknowledgement of a heartbeat is still in its place',
    verdict: { findings: [{ ...replaced, entries: [1, 4] }] },
    history: opened((c1) =>
      c1.receives({ type: 'heartbeat' }).sends({ type: 'heartbeat_ack' }).receives(error).deadline('welcome'),
    ),
  },
  {
    title: 'an error after our acknowledgement of a handshake is still in its place',
    verdict: { findings: [{ ...replaced, entries: [1, 4] }] },
    history: opened((c1) =>
      c1
        .receives({ type: 'handshake_response' })
        .sends({ type: 'handshake_acknowledged' })
        .receives(error)
        .deadline('welcome'),
    ),
  },
  {
    title: 'an error that answers a request of ours is not in its place',
    verdict: { findings: [{ ...missing, entries: [1, 4] }] },
    history: opened((c1) => c1.sends({ type: 'chat' }).receives(error).deadline('welcome')),
  },
  {
    title: 'an error that answers a broken message of ours is not in its place',
    verdict: { findings: [{ ...missing, entries: [1, 4] }] },
    history: opened((c1) => c1.fact(unreadable('sent')).receives(error).deadline('welcome')),
  },
  {
    title: 'an error after the deadline is not in its place',
    verdict: {
      findings: [
        {
          ...missing,
          because: 'nothing that is a welcome arrived within 1000 ms; the connection stayed open',
          entries: [1, 2],
        },
      ],
    },
    history: opened((c1) => c1.deadline('welcome').receives(error)),
  },
  {
    title: 'an error after the deadline and before a request of ours is not in its place',
    verdict: { findings: [{ ...missing, entries: [1, 2] }] },
    history: opened((c1) => c1.deadline('welcome').receives(error).sends({ type: 'chat' })),
  },
  {
    title: 'a close before the welcome is reported with the frames before it',
    verdict: {
      findings: [
        {
          ...closedFirst,
          found: 'close 1011',
          because:
            'the connection was accepted and ended before a welcome, after 1 frames: the server closed with 1011 without a reason 40 ms after it opened',
          entries: [1, 5],
        },
      ],
    },
    history: opened((c1) =>
      c1.receives({ type: 'ping' }).sends({ type: 'pong' }).fact(unreadable('sent')).closed(1011),
    ),
  },
  {
    title: 'a test that ended too early is reported with the upgrade',
    verdict: {
      findings: [
        { code: 'not-awaited', because: 'the test ended before the welcome was due', entries: [1], connection: 'c1' },
      ],
    },
    history: opened((c1) => c1.receives({ type: 'ping' })),
  },
]);
