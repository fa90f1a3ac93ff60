import { heartbeat } from '../../../src/checks/heartbeat.ts';
import { pingMessage } from '../../../src/protocol/requests.ts';
import { BUDGETS } from '../histories/budgets.ts';
import { judgesTo, welcomed } from './judges-to.ts';

const ping = (id: string, nowMs = 1): object => pingMessage(id, nowMs);
const pong = { type: 'pong', timestamp: 1 };

judgesTo('heartbeat', heartbeat(BUDGETS), [
  {
    title: 'a refused connection',
    gives: 'unknown: not-connected',
    history: ({ socket }) => socket('c1').asks().refused(404),
  },
  { title: 'a test that asks nothing', gives: 'unknown: not-asked', history: welcomed(() => undefined) },
  { title: 'a ping and its pong', gives: 'holds', history: welcomed((c1) => c1.sends(ping('a')).receives(pong)) },
  {
    title: 'two pings and two pongs by order',
    gives: 'holds',
    history: welcomed((c1) => c1.sends(ping('a')).sends(ping('b')).receives(pong).receives(pong)),
  },
  {
    title: 'two pongs that echo ids, the other way round',
    gives: 'holds',
    history: welcomed((c1) =>
      c1
        .sends(ping('a'))
        .sends(ping('b', 2))
        .receives({ ...pong, message_id: 'b' })
        .receives({ ...pong, message_id: 'a' }),
    ),
  },
  {
    title: 'a pong that echoes the timestamp',
    gives: 'holds',
    history: welcomed((c1) =>
      c1.sends(ping('a', 1_757_430_001_500)).receives({ ...pong, original_timestamp: 1_757_430_001_500 }),
    ),
  },
  {
    title: 'silence to the deadline',
    gives: 'pong-missing',
    history: welcomed((c1) => c1.sends(ping('a')).deadline('pong')),
  },
  {
    title: 'a close instead of a pong',
    gives: 'pong-missing',
    history: welcomed((c1) => c1.sends(ping('a')).closed(1011)),
  },
  { title: 'a test that does not wait', gives: 'unknown: not-awaited', history: welcomed((c1) => c1.sends(ping('a'))) },
  {
    title: 'a server heartbeat instead of a pong',
    gives: 'pong-missing',
    history: welcomed((c1) =>
      c1.sends(ping('a')).receives({ type: 'heartbeat' }).sends({ type: 'heartbeat_ack' }).deadline('pong'),
    ),
  },
  {
    title: 'one pong too many',
    gives: 'pong-duplicated',
    history: welcomed((c1) => c1.sends(ping('a')).receives(pong).receives(pong)),
  },
  { title: 'a pong to no ping', gives: 'pong-duplicated', history: welcomed((c1) => c1.receives(pong)) },
  {
    title: 'the same echo twice',
    gives: 'pong-duplicated',
    history: welcomed((c1) =>
      c1
        .sends(ping('a'))
        .sends(ping('b', 2))
        .receives({ ...pong, message_id: 'a' })
        .receives({ ...pong, message_id: 'a' })
        .receives({ ...pong, message_id: 'b' }),
    ),
  },
  {
    title: 'an echo of nothing we sent',
    gives: 'pong-missing pong-mismatched',
    history: welcomed((c1) =>
      c1
        .sends(ping('a'))
        .receives({ ...pong, ping_id: 'z' })
        .deadline('pong'),
    ),
  },
  {
    title: 'a late pong',
    gives: 'pong-late',
    history: welcomed((c1, { at }) => {
      c1.sends(ping('a'));
      at(900);
      c1.receives(pong);
    }),
  },
  {
    title: 'a heartbeat and its acknowledgement',
    gives: 'holds',
    history: welcomed((c1) => c1.sends({ type: 'heartbeat' }).receives({ type: 'heartbeat_ack' })),
  },
  {
    title: 'a heartbeat without one',
    gives: 'heartbeat-unanswered',
    history: welcomed((c1) => c1.sends({ type: 'heartbeat' }).deadline('heartbeat_ack')),
  },
  {
    title: "a pong with an id of the server's own",
    gives: 'holds',
    history: ({ socket }) =>
      socket('c1').ready().sends(pingMessage('a', 1)).receives({ type: 'pong', message_id: 'server-77' }),
  },
  {
    title: 'a pong that echoes the time as text',
    gives: 'holds',
    history: ({ socket }) =>
      socket('c1')
        .ready()
        .sends(pingMessage('a', 1_757_430_001_500))
        .receives({ type: 'pong', original_timestamp: '2025-09-09T15:00:01.500Z' }),
  },
]);

const frame = (direction: 'sent' | 'received', opcode: 'ping' | 'pong') =>
  ({ kind: 'control', direction, opcode, payload: 'x' }) as const;

/** What was asked before the server closed; where nothing was, the end of the connection is to blame. */
judgesTo('heartbeat', heartbeat(BUDGETS), [
  {
    title: 'a server that closed before anything was asked',
    gives: 'unknown: not-connected',
    history: welcomed((c1) => c1.closed(1011)),
  },
  {
    title: 'a server that closed after a request of another kind',
    gives: 'unknown: not-connected',
    history: welcomed((c1) => c1.sends({ type: 'chat' }).closed(1011)),
  },
  {
    title: 'a server that closed after a ping frame of its own',
    gives: 'unknown: not-connected',
    history: welcomed((c1) => c1.fact(frame('received', 'ping')).fact(frame('sent', 'pong')).closed(1011)),
  },
  {
    title: 'a server that closed after it answered a ping',
    gives: 'holds',
    history: welcomed((c1) => c1.sends(ping('a')).receives(pong).closed(1011)),
  },
  {
    title: 'a server that closed after it answered a heartbeat',
    gives: 'holds',
    history: welcomed((c1) => c1.sends({ type: 'heartbeat' }).receives({ type: 'heartbeat_ack' }).closed(1011)),
  },
  {
    title: 'a server that closed after it answered a ping frame',
    gives: 'holds',
    history: welcomed((c1) => c1.fact(frame('sent', 'ping')).fact(frame('received', 'pong')).closed(1011)),
  },
]);

const strangePong = { ...pong, ping_id: 'z' };

const silence = { code: 'pong-missing', expected: 'pong', found: 'no pong', connection: 'c1' };
const tooEarly = { code: 'not-awaited', because: 'the test stopped listening before pong was due', entries: [3] };
const strangeEcho = { code: 'pong-mismatched', expected: 'an echo of an open ping', found: 'an echo of z' };
const late = { code: 'pong-late', expected: 'pong within 200 ms', found: '860 ms', entries: [3, 4] };

/** Entries 0 to 2 are the upgrade and the welcome; the first question is entry 3, 40 ms after the start. */
judgesTo('heartbeat', heartbeat(BUDGETS), [
  {
    title: 'an answer as late as allowed is judged with its entries',
    verdict: { holds: true, evidence: [3, 4] },
    history: welcomed((c1, { at }) => {
      c1.sends(ping('a'));
      at(240);
      c1.receives(pong);
    }),
  },
  {
    title: 'an answer that is late is judged with its entries',
    verdict: {
      findings: [
        {
          ...late,
          because:
            'pong (#4) came 860 ms after its question (#3); 200 ms are allowed; no lag of our own was seen in that time',
        },
      ],
    },
    history: welcomed((c1, { at }) => {
      c1.sends(ping('a'));
      at(900);
      c1.receives(pong);
    }),
  },
  {
    title: 'a late answer while we lagged ourselves is judged with its entries',
    verdict: { holds: 'unknown', findings: [{ code: 'harness-lag', entries: [3, 5, 4] }] },
    history: welcomed((c1, { at, lag }) => {
      c1.sends(ping('a'));
      at(900);
      lag(900);
      c1.receives(pong);
    }),
  },
  {
    title: 'a late answer before a strange echo is judged with its entries',
    verdict: { findings: [late, { ...strangeEcho, entries: [5] }] },
    history: welcomed((c1, { at }) => {
      c1.sends(ping('a'));
      at(900);
      c1.receives(pong).receives(strangePong);
    }),
  },
  {
    title: 'silence to the deadline is judged with its entries',
    verdict: { findings: [{ ...silence, because: 'the question (#3) got no pong within 1000 ms', entries: [3, 4] }] },
    history: welcomed((c1) => c1.sends(ping('a')).deadline('pong')),
  },
  {
    title: 'a close in place of the answer is judged with its entries',
    verdict: {
      findings: [
        {
          ...silence,
          because: 'the question (#3) got no pong: the server closed with 1011 without a reason 30 ms after it opened',
          entries: [3, 4],
        },
      ],
    },
    history: welcomed((c1) => c1.sends(ping('a')).closed(1011)),
  },
  {
    title: 'a close after the deadline is judged with its entries',
    verdict: { findings: [{ ...silence, entries: [3, 4, 5] }] },
    history: welcomed((c1) => c1.sends(ping('a')).deadline('pong').closed(1011)),
  },
  {
    title: 'a question that was not waited for is judged with its entries',
    verdict: { holds: 'unknown', findings: [tooEarly] },
    history: welcomed((c1) => c1.sends(ping('a'))),
  },
  {
    title: 'a question into our own closing is judged with its entries',
    verdict: { holds: 'unknown', findings: [tooEarly] },
    history: welcomed((c1) => c1.sends(ping('a')).closed(1000, '', 'us')),
  },
  {
    title: 'a heartbeat with a strange acknowledgement is judged with its entries',
    verdict: {
      findings: [
        { code: 'heartbeat-unanswered', expected: 'heartbeat_ack', found: 'no heartbeat_ack', entries: [3, 5] },
        { ...strangeEcho, because: 'heartbeat_ack (#4) echoes z, which this connection never sent', entries: [4] },
      ],
    },
    history: welcomed((c1) =>
      c1.sends({ type: 'heartbeat' }).receives({ type: 'heartbeat_ack', ping_id: 'z' }).deadline('heartbeat_ack'),
    ),
  },
  {
    title: 'one answer too many is judged with its entries',
    verdict: {
      findings: [
        {
          code: 'pong-duplicated',
          expected: '1 pongs',
          found: 'one more',
          because: 'pong (#5) answers a question that was already answered, or never asked',
          entries: [5],
        },
      ],
    },
    history: welcomed((c1) => c1.sends(ping('a')).receives(pong).receives(pong)),
  },
]);
