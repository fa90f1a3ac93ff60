import { knownThread } from '../../../src/checks/known-thread.ts';
import { THREAD_PROBE } from '../../../src/history/probe-names.ts';
import type { FakeHistory } from '../histories/fake-history.ts';
import { judgesTo } from './judges-to.ts';

const made = ({ probe }: FakeHistory, body: string): void =>
  probe({ name: THREAD_PROBE, target: 'POST /api/threads', status: 200, body });

judgesTo('known-thread', knownThread(), [
  {
    title: 'holds for a run that stays in the thread that was made for it',
    verdict: { holds: true, evidence: [0, 4, 5, 6, 7, 8, 9] },
    history: (fake) => {
      made(fake, '{"id":"r1"}');
      fake.socket('c1').ready().runs('r1').fiveEvents('r1');
    },
  },
  {
    title: 'finds the first event that names another thread',
    verdict: {
      holds: false,
      findings: [
        {
          code: 'known-thread-replaced',
          blame: 'product',
          expected: 'thread r1',
          found: 'thread thread_new',
          because: 'the thread r1 was made over HTTP (#0) and asked for (#4), agent_thinking names thread_new (#6)',
          entries: [0, 4, 6],
          connection: 'c1',
        },
      ],
    },
    history: (fake) => {
      made(fake, '{"id":"r1"}');
      const c1 = fake.socket('c1').ready().runs('r1').event('r1', 'agent_started');
      c1.event('r1', 'agent_thinking', { thread_id: 'thread_new', run_id: 'run-r1' });
    },
  },
  {
    title: 'finds an answer that holds no id',
    verdict: {
      holds: false,
      findings: [
        {
          code: 'endpoint-failed',
          found: 'HTTP 200',
          because: 'POST /api/threads made no thread: HTTP 200 without an id (#0)',
          entries: [0],
        },
      ],
    },
    history: (fake) => made(fake, '{"id":7}'),
  },
  {
    title: 'does not know about a run without events',
    verdict: {
      holds: 'unknown',
      findings: [{ code: 'not-served', because: 'no event of the run in thread r1 names a thread', entries: [4] }],
    },
    history: (fake) => {
      made(fake, '{"id":"r1"}');
      fake.socket('c1').ready().runs('r1').quiet();
    },
  },
  {
    title: 'does not know about a history in which no thread was made',
    verdict: { holds: 'unknown', findings: [{ code: 'not-asked' }] },
    history: (fake) => void fake.socket('c1').ready().runs('r1').fiveEvents('r1'),
  },
]);
