import { pingMessage } from '../../../src/protocol/requests.ts';
import { heartbeat } from '../../../src/checks/heartbeat.ts';
import { BUDGETS } from '../histories/budgets.ts';
import { judgesTo, welcomed } from './judges-to.ts';

const frame = (direction: 'sent' | 'received', opcode: 'ping' | 'pong') =>
  ({ kind: 'control', direction, opcode, payload: 'x' }) as const;
const ourPing = frame('sent', 'ping');
const ourPong = frame('sent', 'pong');
const serverPing = frame('received', 'ping');
const serverPong = frame('received', 'pong');

const unanswered = {
  code: 'control-ping-unanswered',
  expected: 'a pong frame with the same payload',
  found: 'none',
  connection: 'c1',
};
const tooEarly = {
  code: 'not-awaited',
  because: 'the test stopped listening before the pong frame was due',
  entries: [3],
};

judgesTo('heartbeat', heartbeat(BUDGETS), [
  {
    title: 'a ping frame and its pong frame',
    gives: 'holds',
    history: welcomed((c1) => c1.fact(ourPing).fact(serverPong)),
  },
  {
    title: 'a pong frame with another payload',
    gives: 'control-ping-unanswered',
    history: welcomed((c1) =>
      c1
        .fact(ourPing)
        .fact({ ...serverPong, payload: 'y' })
        .deadline('pong frame'),
    ),
  },
  {
    title: 'a ping frame left alone',
    gives: 'control-ping-unanswered',
    history: welcomed((c1) => c1.fact(ourPing).deadline('pong frame')),
  },
  {
    title: 'a late pong frame',
    gives: 'pong-late',
    history: welcomed((c1, { at }) => {
      c1.fact(ourPing);
      at(900);
      c1.fact(serverPong);
    }),
  },
  {
    title: 'a server ping that we answer',
    gives: 'holds',
    history: welcomed((c1) => c1.receives({ type: 'ping' }).sends({ type: 'pong' })),
  },
  {
    title: 'a server ping that we ignore',
    gives: 'keep-alive-unanswered',
    history: welcomed((c1) => c1.receives({ type: 'ping' }).sends({ type: 'chat' })),
  },
  {
    title: 'a server heartbeat that we ignore',
    gives: 'keep-alive-unanswered',
    history: welcomed((c1) => c1.receives({ type: 'heartbeat' })),
  },
  {
    title: 'a server ping frame that we ignore',
    gives: 'keep-alive-unanswered',
    history: welcomed((c1) => c1.fact(serverPing)),
  },
  {
    title: 'a browser that ignores a server ping is a note',
    verdict: { notes: [{ code: 'browser-silent', entries: [3] }] },
    history: ({ socket }) => {
      const headers = { 'user-agent': 'Mozilla/5.0' };
      const asked = { kind: 'handshake-request', url: 'ws://x', headers, offered: [], credential: 'valid' } as const;
      socket('c1')
        .fact({ ...asked, user: 'anna' })
        .opens()
        .welcomed('anna')
        .receives({ type: 'ping' });
    },
  },
  {
    title: 'a server ping into our closing',
    gives: 'holds',
    history: welcomed((c1) =>
      c1
        .sends(pingMessage('a', 1))
        .receives({ type: 'pong', timestamp: 1 })
        .receives({ type: 'ping' })
        .closed(1000, '', 'us'),
    ),
  },
]);

/** Entries 0 to 2 are the upgrade and the welcome; the first frame is entry 3, 40 ms after the start. */
judgesTo('heartbeat', heartbeat(BUDGETS), [
  {
    title: 'a pong frame as late as allowed is in time',
    verdict: { holds: true, evidence: [3, 4] },
    history: welcomed((c1, { at }) => {
      c1.fact(ourPing);
      at(240);
      c1.fact(serverPong);
    }),
  },
  {
    title: 'a late pong frame is reported with both frames',
    verdict: {
      findings: [
        {
          code: 'pong-late',
          expected: 'a pong frame within 200 ms',
          found: '860 ms',
          because: 'the pong frame (#4) came 860 ms after the ping frame (#3); no lag of our own was seen in that time',
          entries: [3, 4],
        },
      ],
    },
    history: welcomed((c1, { at }) => {
      c1.fact(ourPing);
      at(900);
      c1.fact(serverPong);
    }),
  },
  {
    title: 'a late pong frame while we lagged ourselves proves nothing',
    verdict: { holds: 'unknown', findings: [{ code: 'harness-lag', entries: [3, 5, 4] }] },
    history: welcomed((c1, { at, lag }) => {
      c1.fact(ourPing);
      at(900);
      lag(900);
      c1.fact(serverPong);
    }),
  },
  {
    title: 'silence to the deadline is reported with the deadline',
    verdict: { findings: [{ ...unanswered, because: 'the ping frame (#3) got no pong frame', entries: [3, 4] }] },
    history: welcomed((c1) => c1.fact(ourPing).deadline('pong frame')),
  },
  {
    title: 'a close in place of the pong frame is reported',
    verdict: {
      findings: [
        {
          ...unanswered,
          because:
            'the ping frame (#3) got no pong frame: the server closed with 1011 without a reason 30 ms after it opened',
          entries: [3],
        },
      ],
    },
    history: welcomed((c1) => c1.fact(ourPing).closed(1011)),
  },
  {
    title: 'a ping frame that was not waited for proves nothing',
    verdict: { holds: 'unknown', findings: [tooEarly] },
    history: welcomed((c1) => c1.fact(ourPing)),
  },
  {
    title: 'a ping frame into our own closing proves nothing',
    verdict: { holds: 'unknown', findings: [tooEarly] },
    history: welcomed((c1) => c1.fact(ourPing).closed(1000, '', 'us')),
  },
  {
    title: 'a pong frame that came before the ping frame does not answer it',
    verdict: { findings: [{ ...unanswered, entries: [4, 5] }] },
    history: welcomed((c1) => c1.fact(serverPong).fact(ourPing).deadline('pong frame')),
  },
  {
    title: 'neither the ping frame of the server nor our pong frame answers ours',
    verdict: { findings: [{ ...unanswered, entries: [3, 6] }] },
    history: welcomed((c1) => c1.fact(ourPing).fact(serverPing).fact(ourPong).deadline('pong frame')),
  },
]);

const ignored = (index: number) => ({
  holds: false,
  findings: [
    {
      code: 'keep-alive-unanswered',
      blame: 'harness',
      expected: 'an answer from us',
      found: 'none',
      because: `the server's keep-alive (#${index}) was left without an answer by this harness`,
      entries: [index],
      connection: 'c1',
    },
  ],
});

judgesTo('heartbeat', heartbeat(BUDGETS), [
  {
    title: 'a ping of the server and our pong are evidence',
    verdict: { holds: true, evidence: [3, 4] },
    history: welcomed((c1) => c1.receives({ type: 'ping' }).sends({ type: 'pong' })),
  },
  {
    title: 'a pong of ours that came before the ping of the server does not answer it',
    verdict: ignored(4),
    history: welcomed((c1) => c1.sends({ type: 'pong' }).receives({ type: 'ping' })),
  },
  {
    title: 'a pong of ours does not answer a heartbeat of the server',
    verdict: ignored(3),
    history: welcomed((c1) => c1.receives({ type: 'heartbeat' }).sends({ type: 'pong' })),
  },
  {
    title: 'a ping of the server is owed an answer when we said something else before we closed',
    verdict: ignored(3),
    history: welcomed((c1) => c1.receives({ type: 'ping' }).sends({ type: 'chat' }).closed(1000, '', 'us')),
  },
  {
    title: 'a ping frame of the server that we answer is evidence',
    verdict: { holds: true, evidence: [3, 4] },
    history: welcomed((c1) => c1.fact(frame('received', 'ping')).fact(frame('sent', 'pong'))),
  },
  {
    title: 'a pong frame of the server does not answer its own ping frame',
    verdict: ignored(3),
    history: welcomed((c1) => c1.fact(frame('received', 'ping')).fact(frame('received', 'pong'))),
  },
  {
    title: 'a ping frame of ours does not answer that of the server',
    verdict: ignored(3),
    history: welcomed((c1) =>
      c1.fact(frame('received', 'ping')).fact(frame('sent', 'ping')).fact(frame('received', 'pong')),
    ),
  },
  {
    title: 'a message of ours does not answer a ping frame',
    verdict: ignored(3),
    history: welcomed((c1) => c1.fact(frame('received', 'ping')).sends({ type: 'pong' })),
  },
]);
