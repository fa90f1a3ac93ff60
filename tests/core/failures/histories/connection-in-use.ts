import { badInput } from '../../../../src/checks/index.ts';
import type { BadInput } from '../../../../src/checks/index.ts';
import { answerTo } from '../../../../src/history/wait-goals.ts';
import { UNKNOWN_TYPE } from '../../../../src/protocol/requests.ts';
import type { SignatureId } from '../../../../src/failures/signatures/index.ts';
import type { MakeHistory } from '../diagnosed-history.ts';
import type { FakeHistory, FakeConnection } from '../../histories/fake-history.ts';

const ready = (fake: FakeHistory): FakeConnection => fake.socket('c1').ready();
const asking = (fake: FakeHistory): FakeConnection => ready(fake).runs('r1');
const ping = (socket: FakeConnection): FakeConnection => socket.sends({ type: 'ping', timestamp: 7, id: 'p7' });
const error = (text: string): object => ({ type: 'error_message', error_code: 'AGENT_ERROR', error_message: text });
const pong = { type: 'pong' };

function badInputHistory(text: string, deadline: BadInput): MakeHistory {
  return (fake) => {
    const socket = ready(fake);
    if (deadline === 'unknown-type') socket.sends({ type: text });
    else socket.fact({ kind: 'unreadable', direction: 'sent', why: 'not-json', excerpt: text, bytes: text.length });
    socket.deadline(answerTo(deadline));
    return [badInput(deadline)];
  };
}

/** Histories of connections in use: requests, keep-alive and closings, by their signature. */
export const IN_USE: Partial<Readonly<Record<SignatureId, MakeHistory>>> = {
  'FM-27': (fake) => void ping(ready(fake)).closed(1011, 'Internal error'),
  'FM-40': (fake) => {
    const notice = { type: 'system_message', data: { event: 'degraded_mode_active' } };
    ready(fake).receives(notice).runs('r1').deadline('run r1');
  },
  'FM-42': (fake) => void ping(ping(ready(fake)).receives(pong)).closed(1006),
  'FM-43': (fake) => void ping(ready(fake)).deadline('pong').runs('r1').deadline('run r1'),
  'FM-44': (fake) => void ping(ready(fake)).deadline('pong'),
  'FM-45': (fake) =>
    void ping(ready(fake)).receives({ type: 'heartbeat' }).sends({ type: 'heartbeat_ack' }).deadline('pong'),
  'FM-46': (fake) => {
    const socket = ready(fake);
    fake.at(120_000);
    socket.closed(1006);
  },
  'all-silent': (fake) => {
    const open = ping(ready(fake));
    const late = fake.socket('c2').asks();
    fake.at(3000);
    late.deadline('handshake', 2900).fact({ kind: 'refused', code: 'ETIMEDOUT', because: 'no answer' });
    open.deadline('pong');
  },
  'idle-limit': (fake) => {
    const first = ready(fake);
    const second = fake.socket('c2');
    fake.at(2000);
    second.ready();
    fake.at(5040);
    first.closed(1006);
    fake.at(7030);
    second.closed(1006);
  },
  'FM-47': (fake) => {
    const socket = ready(fake);
    fake.at(6200);
    socket.closed(1006);
  },
  'FM-48': (fake) => void asking(fake).deadline('run r1'),
  'FM-49': (fake) =>
    void asking(fake).receives(error('float_parsing: Input should be a valid number')).deadline('run r1'),
  'FM-50': badInputHistory(UNKNOWN_TYPE, 'unknown-type'),
  'FM-51': (fake) =>
    void asking(fake).receives(error('modelmetaclass already registered in ToolRegistry')).deadline('run r1'),
  'FM-52': (fake) => void asking(fake).receives(error('Invalid user_id format: 105')).deadline('run r1'),
  'FM-53': (fake) =>
    void asking(fake)
      .receives({ type: 'system_message', data: { status: 'ok' } })
      .deadline('run r1'),
  'FM-64': (fake) =>
    void asking(fake).event('r1', 'agent_started').event('r1', 'agent_thinking').closed(1011, 'Internal error'),
  'bad-input': badInputHistory('{"type": ', 'invalid-json'),
  'pong-late': (fake) => {
    const socket = ping(ready(fake));
    fake.at(900);
    socket.receives(pong);
  },
  'pong-wrong': (fake) => void ping(ready(fake)).receives({ type: 'pong', original_timestamp: 9 }).receives(pong),
  'control-ping-unanswered': (fake) => {
    const sent = { kind: 'control', direction: 'sent', opcode: 'ping', payload: 'x' } as const;
    ready(fake).fact(sent).deadline('pong frame');
  },
  flooded: (fake) =>
    void ready(fake)
      .fact({ kind: 'flooded', limit: 'frames', most: 1000, frames: 1000, bytes: 50_000, forMs: 40 })
      .closed(1006, '', 'us'),
  'close-unanswered': (fake) => void ready(fake).deadline('close').closed(1006, '', 'us'),
  'tcp-left-open': (fake) => void ready(fake).closed(1000, '', 'us').deadline('end of TCP').fact({ kind: 'ended' }),
  'close-code-illegal': (fake) => {
    const broken = { kind: 'broken', code: 'WS_ERR_INVALID_CLOSE_CODE', message: 'Invalid status code 401' } as const;
    ready(fake).fact(broken).closed(1002);
  },
};
