import { isolation } from '../../../src/checks/isolation.ts';
import type { FakeConnection, FakeHistory } from '../histories/fake-history.ts';
import { judgesTo } from './judges-to.ts';

type Two = (anna: FakeConnection, bert: FakeConnection) => unknown;

/** Two users who both asked. */
const bothAsked =
  (record: Two) =>
  ({ socket }: FakeHistory): void => {
    const [anna, bert] = [socket('c1', 'anna').ready(), socket('c2', 'bert').ready()];
    anna.runs('aaaaaaaa');
    bert.runs('bbbbbbbb');
    record(anna, bert);
  };

const PROMPT_OF_ANNA = 'Three drivers for: Ask (nonce-aaaaaaaa), the first of which is the large model.';
const ANSWER = 'Your largest cost is the reservation in Frankfurt, which idles at night.';

function inChunks(socket: FakeConnection, text: string, size: number, ids: object = {}): void {
  for (let at = 0; at < text.length; at += size)
    socket.receives({ type: 'stream_chunk', ...ids, payload: { content: text.slice(at, at + size) } });
}

function welcomedAs(socket: FakeConnection, id: string, user: string): FakeConnection {
  return socket
    .asks()
    .opens()
    .receives({ type: 'welcome', data: { connection_id: id, user_id: user } });
}

judgesTo('isolation', isolation(), [
  ...[3, 5, 20].map((size) => ({
    title: `another user's prompt in chunks of ${size} characters`,
    gives: 'foreign-nonce',
    history: bothAsked((anna, bert) => {
      anna.fiveEvents('aaaaaaaa');
      inChunks(bert, PROMPT_OF_ANNA, size);
    }),
  })),
  {
    title: "another user's prompt in chunks between chunks of the own run",
    gives: 'foreign-nonce',
    history: bothAsked((anna, bert) => {
      anna.fiveEvents('aaaaaaaa');
      for (let at = 0; at < PROMPT_OF_ANNA.length; at += 5) {
        bert.receives({ type: 'agent_response_chunk', payload: { content: PROMPT_OF_ANNA.slice(at, at + 5) } });
        bert.receives({ type: 'stream_chunk', thread_id: 'bbbbbbbb', payload: { content: 'and so on' } });
      }
    }),
  },
  {
    title: "another user's answer in chunks",
    gives: 'foreign-answer',
    history: bothAsked((anna, bert) => {
      anna.event('aaaaaaaa', 'agent_completed', { final_response: ANSWER });
      inChunks(bert, ANSWER, 20);
    }),
  },
  {
    title: 'equal answers to equal prompts',
    gives: 'holds',
    history: bothAsked((anna, bert) => {
      anna.event('aaaaaaaa', 'agent_completed', { final_response: ANSWER });
      inChunks(bert, ANSWER, 20);
      bert.event('bbbbbbbb', 'agent_completed', { final_response: ANSWER });
    }),
  },
  {
    title: 'the own prompt in chunks',
    gives: 'holds',
    history: bothAsked((anna, bert) => {
      inChunks(anna, PROMPT_OF_ANNA, 5, { thread_id: 'aaaaaaaa' });
      bert.fiveEvents('bbbbbbbb');
    }),
  },
  {
    title: 'a chunk of a thread and a run of which nobody was told',
    gives: 'foreign-run foreign-thread',
    history: ({ socket }) =>
      socket('c1')
        .ready()
        .runs('a')
        .event('a', 'agent_started', { run_id: 'r1' })
        .receives({ type: 'stream_chunk', run_id: 'r9', thread_id: 't9' }),
  },
  {
    title: "progress of another user's run",
    gives: 'foreign-run',
    history: bothAsked((anna, bert) => {
      anna.event('aaaaaaaa', 'agent_started', { run_id: 'r1' });
      bert.receives({ type: 'agent_progress', data: { run_id: 'r1' } });
    }),
  },
  {
    title: 'a chunk of a run on a connection that asked for nothing',
    gives: 'unasked-event',
    history: ({ socket }) => socket('c1').ready().receives({ type: 'stream_chunk', run_id: 'r9' }),
  },
  {
    title: 'a run id that only chunks name',
    gives: 'holds',
    history: ({ socket }) =>
      socket('c1').ready().runs('a').event('a', 'agent_started').receives({ type: 'stream_chunk', run_id: 'r1' }),
  },
  {
    title: 'two connections with the same connection_id',
    gives: 'connection-id-shared',
    history: ({ socket }) => {
      welcomedAs(socket('c1', 'anna'), 'ws_1', 'anna');
      welcomedAs(socket('c2', 'bert'), 'ws_1', 'bert');
    },
  },
  {
    title: 'a user who returns under the same connection_id',
    gives: 'holds',
    history: ({ socket }) => {
      welcomedAs(socket('c1', 'anna'), 'ws_1', 'anna').closed(1000, '', 'us');
      welcomedAs(socket('c2', 'anna'), 'ws_1', 'anna');
    },
  },
]);
