import { closing } from '../../../src/checks/closing.ts';
import { judgesTo, welcomed } from './judges-to.ts';

const error = { type: 'error_message', error_code: 'VALIDATION_FAILED', error_message: 'no' };

judgesTo('closing', closing(), [
  {
    title: 'our close, answered',
    gives: 'holds',
    history: ({ socket }) => socket('c1').ready().closed(1000, '', 'us'),
  },
  { title: 'an open connection', gives: 'holds', history: ({ socket }) => socket('c1').ready() },
  {
    title: 'a refused bad token',
    gives: 'unknown: not-asked',
    history: ({ socket }) => socket('c1').asks('expired').opens().receives(error).closed(1008),
  },
  {
    title: 'a refused good token, judged by the handshake',
    gives: 'unknown: not-connected',
    history: ({ socket }) => socket('c1').asks().opens().closed(1008),
  },
  {
    title: 'a server close with 1011',
    gives: 'closed-by-server',
    history: ({ socket }) => socket('c1').ready().closed(1011),
  },
  {
    title: 'a server close with 1000',
    gives: 'closed-by-server',
    history: ({ socket }) => socket('c1').ready().closed(1000, 'main cleanup'),
  },
  {
    title: 'an end without a close frame',
    gives: 'closed-uncleanly',
    history: ({ socket }) => socket('c1').ready().closed(1006),
  },
  {
    title: 'an unanswered close',
    gives: 'close-unanswered',
    history: ({ socket }) => socket('c1').ready().deadline('close').closed(1006, '', 'us'),
  },
  {
    title: 'another close code in answer',
    gives: 'close-misanswered',
    history: ({ socket }) => socket('c1').ready().closed(1011, '', 'us'),
  },
  {
    title: 'a close frame without a code in answer to ours',
    gives: 'close-misanswered',
    history: ({ socket }) => socket('c1').ready().closed(1005, '', 'us'),
  },
]);

const broken = (code: string) => ({ kind: 'broken', code, message: 'x' }) as const;

/** Entries 0 to 2 are the upgrade and the welcome; what follows comes 20 ms after the upgrade. */
judgesTo('closing', closing(), [
  {
    title: 'our close and its answer are evidence',
    verdict: { holds: true, evidence: [1, 3] },
    history: welcomed((c1) => c1.closed(1000, '', 'us')),
  },
  {
    title: 'silence after our close is reported with its deadline',
    verdict: {
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
    history: welcomed((c1) => c1.deadline('close', 500).closed(1006, '', 'us')),
  },
  {
    title: 'another code in answer is reported with the end',
    verdict: {
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
    history: welcomed((c1) => c1.closed(1011, '', 'us')),
  },
  {
    title: 'no close frame in answer, and no wait for one, is an unclean end',
    verdict: { findings: [{ code: 'closed-uncleanly', found: 'close 1006', entries: [3] }] },
    history: welcomed((c1) => c1.closed(1006, '', 'us')),
  },
  {
    title: 'a close by the server is reported with its age and meaning',
    verdict: {
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
    history: welcomed((c1) => c1.closed(1011)),
  },
  {
    title: 'a close by the server with 1000 masks an exception',
    verdict: {
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
    history: welcomed((c1) => c1.closed(1000, 'main cleanup')),
  },
  {
    title: 'a close frame without a code is a close of the server',
    verdict: { findings: [{ code: 'closed-by-server', found: 'close 1005', entries: [3] }] },
    history: welcomed((c1) => c1.closed(1005)),
  },
  {
    title: 'a TCP connection that ends after the close frame is fine',
    verdict: { holds: true, evidence: [1, 3] },
    history: welcomed((c1) => c1.closed(1000, '', 'us').fact({ kind: 'ended' })),
  },
  {
    title: 'a TCP connection that stays open after the close frame is a finding of its own',
    verdict: {
      findings: [
        {
          code: 'tcp-left-open',
          blame: 'environment',
          found: 'an open TCP connection',
          because: 'c1: the close frame (#3) arrived, and 500 ms later the TCP connection was still open; it was cut',
          entries: [3, 4],
          connection: 'c1',
        },
      ],
    },
    history: welcomed((c1) => c1.closed(1000, '', 'us').deadline('end of TCP', 500).fact({ kind: 'ended' })),
  },
  {
    title: 'a broken frame is judged elsewhere',
    verdict: { holds: true, evidence: [1] },
    history: welcomed((c1) => c1.fact(broken('WS_ERR_INVALID_UTF8')).closed(1006)),
  },
  {
    title: 'a reset is an unclean end',
    verdict: { findings: [{ code: 'closed-uncleanly', entries: [4] }] },
    history: welcomed((c1) => c1.fact(broken('ECONNRESET')).closed(1006)),
  },
]);
