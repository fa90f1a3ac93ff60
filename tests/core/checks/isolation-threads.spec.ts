import { isolation } from '../../../src/checks/isolation.ts';
import type { FakeConnection, FakeHistory } from '../histories/fake-history.ts';
import { judgesTo } from './judges-to.ts';

/** Two users, each on a ready connection: the entries 0 to 5. */
const twoUsers =
  (record: (anna: FakeConnection, bert: FakeConnection) => unknown) =>
  ({ socket }: FakeHistory): unknown =>
    record(socket('c1', 'anna').ready(), socket('c2', 'bert').ready());

const announced = (thread: string): object => ({ type: 'thread_created', payload: { thread_id: thread } });

/** Whose a thread is: as beta-9 was observed, the server makes one of its own and announces it. */
judgesTo('isolation', isolation(), [
  {
    title: 'a thread of the server that it announced',
    gives: 'holds',
    history: twoUsers((anna) =>
      anna
        .runs('a')
        .receives(announced('made'))
        .receives({ type: 'agent_started', payload: { thread_id: 'made', run_id: 'r' } }),
    ),
  },
  {
    title: 'a thread of the server that only the events name',
    gives: 'holds',
    history: twoUsers((anna) => anna.runs('a').event('a', 'agent_started', { thread_id: 'made' })),
  },
  {
    title: 'a thread of which nobody was told, beside the one that was asked for',
    gives: 'foreign-thread',
    history: twoUsers((anna) =>
      anna.runs('a').event('a', 'agent_started').event('a', 'agent_completed', { thread_id: 'other' }),
    ),
  },
  {
    title: 'a thread of which nobody was told, beside the announced one',
    gives: 'foreign-thread',
    history: twoUsers((anna) =>
      anna.runs('a').receives(announced('made')).event('a', 'agent_started', { thread_id: 'other' }),
    ),
  },
  {
    title: 'a thread that another user asked for',
    gives: 'foreign-thread',
    history: twoUsers((anna, bert) => {
      bert.runs('b');
      anna.runs('a').receives({ type: 'agent_started', run_id: 'a', thread_id: 'b' });
    }),
  },
  {
    title: 'the thread of another user is reported with both entries',
    verdict: {
      findings: [
        {
          code: 'foreign-thread',
          expected: 'a thread of anna',
          found: 'a thread of bert',
          because: 'thread_created (#7) on c1 of anna names the thread of-bert of bert, who was told of it (#6)',
          entries: [6, 7],
          connection: 'c1',
        },
      ],
    },
    history: twoUsers((anna, bert) => {
      bert.receives(announced('of-bert'));
      anna.receives(announced('of-bert'));
    }),
  },
]);
