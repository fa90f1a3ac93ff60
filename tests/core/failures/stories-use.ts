import { badInput } from '../../../src/checks/index.ts';
import type { BadInput } from '../../../src/checks/index.ts';
import { answerTo } from '../../../src/history/wait-goals.ts';
import { UNKNOWN_TYPE } from '../../../src/protocol/requests.ts';
import type { SignatureId } from '../../../src/failures/signatures/index.ts';
import type { Story } from './story.ts';
import type { FakeHistory, FakeConnection } from '../histories/fake-history.ts';

const ready = (told: FakeHistory): FakeConnection => told.socket('c1').ready();
const asking = (told: FakeHistory): FakeConnection => ready(told).runs('r1');
const ping = (socket: FakeConnection): FakeConnection => socket.says({ type: 'ping', timestamp: 7, id: 'p7' });
const error = (text: string): object => ({ type: 'error_message', error_code: 'AGENT_ERROR', error_message: text });
const pong = { type: 'pong' };

function inputStory(text: string, deadline: BadInput): Story {
  return (told) => {
    const socket = ready(told);
    if (deadline === 'unknown-type') socket.says({ type: text });
    else socket.fact({ kind: 'unreadable', direction: 'sent', why: 'not-json', excerpt: text, bytes: text.length });
    socket.deadline(answerTo(deadline));
    return [badInput(deadline)];
  };
}

/** Histories of connections in use: requests, keep-alive and closings, by their signature. */
export const USING: Partial<Readonly<Record<SignatureId, Story>>> = {
  'FM-27': (told) => void ping(ready(told)).closed(1011, 'Internal error'),
  'FM-40': (told) => {
    const notice = { type: 'system_message', data: { event: 'degraded_mode_active' } };
    ready(told).hears(notice).runs('r1').deadline('run r1');
  },
  'FM-42': (told) => void ping(ping(ready(told)).hears(pong)).closed(1006),
  'FM-43': (told) => void ping(ready(told)).deadline('pong').runs('r1').deadline('run r1'),
  'FM-44': (told) => void ping(ready(told)).deadline('pong'),
  'FM-45': (told) =>
    void ping(ready(told)).hears({ type: 'heartbeat' }).says({ type: 'heartbeat_ack' }).deadline('pong'),
  'FM-46': (told) => {
    const socket = ready(told);
    told.at(120_000);
    socket.closed(1006);
  },
  'FM-47': (told) => {
    const socket = ready(told);
    told.at(6200);
    socket.closed(1006);
  },
  'FM-48': (told) => void asking(told).deadline('run r1'),
  'FM-49': (told) => void asking(told).hears(error('float_parsing: Input should be a valid number')).deadline('run r1'),
  'FM-50': inputStory(UNKNOWN_TYPE, 'unknown-type'),
  'FM-51': (told) =>
    void asking(told).hears(error('modelmetaclass already registered in ToolRegistry')).deadline('run r1'),
  'FM-52': (told) => void asking(told).hears(error('Invalid user_id format: 105')).deadline('run r1'),
  'FM-53': (told) =>
    void asking(told)
      .hears({ type: 'system_message', data: { status: 'ok' } })
      .deadline('run r1'),
  'FM-64': (told) =>
    void asking(told).event('r1', 'agent_started').event('r1', 'agent_thinking').closed(1011, 'Internal error'),
  'bad-input': inputStory('{"type": ', 'invalid-json'),
  'pong-late': (told) => {
    const socket = ping(ready(told));
    told.at(900);
    socket.hears(pong);
  },
  'pong-wrong': (told) => void ping(ready(told)).hears({ type: 'pong', original_timestamp: 9 }).hears(pong),
  'control-ping-unanswered': (told) => {
    const sent = { kind: 'control', direction: 'sent', opcode: 'ping', payload: 'x' } as const;
    ready(told).fact(sent).deadline('pong frame');
  },
  'close-unanswered': (told) => void ready(told).deadline('close').closed(1006, '', 'us'),
  'close-code-illegal': (told) => {
    const broken = { kind: 'broken', code: 'WS_ERR_INVALID_CLOSE_CODE', message: 'Invalid status code 401' } as const;
    ready(told).fact(broken).closed(1002);
  },
};
