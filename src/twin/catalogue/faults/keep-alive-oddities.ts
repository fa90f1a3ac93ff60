import type { Fault } from '../fault.ts';
import { after, delayed, instead, say } from '../../behaviour/plan.ts';
import { serverMessage } from '../../messages/server-message.ts';
import { finds } from './provocation.ts';

/** Answers to pings and heartbeats that are late, doubled, or answer nothing (failure notes FM-44, FM-45). */
export const KEEP_ALIVE_ODDITIES: readonly Fault[] = [
  {
    name: 'heartbeat-ack-late',
    does: 'Sends the heartbeat_ack later than its budget.',
    hits: 'heartbeat_ack',
    mustFind: [finds('heartbeat', 'pong-late')],
    diagnosis: 'pong-late',
    reply: (plan, _request, { pace }) => instead(plan, 'heartbeat-ack', (step) => [delayed(step, pace.lateMs)]),
  },
  {
    name: 'heartbeat-ack-twice',
    does: 'Sends the heartbeat_ack twice.',
    hits: 'heartbeat_ack',
    mustFind: [finds('heartbeat', 'pong-duplicated')],
    diagnosis: 'pong-wrong',
    reply: (plan) => instead(plan, 'heartbeat-ack', (step) => [step, { ...step }]),
  },
  {
    name: 'heartbeat-answered-by-pong',
    does: 'Answers a heartbeat with a pong.',
    hits: 'heartbeat_ack',
    mustFind: [finds('heartbeat', 'heartbeat-unanswered')],
    mayAlsoFind: [finds('heartbeat', 'pong-duplicated')],
    diagnosis: 'pong-wrong',
    reply: (plan) => instead(plan, 'heartbeat-ack', () => [pong('heartbeat-ack')]),
  },
  {
    name: 'pong-unasked',
    does: 'Sends a pong to a client that has not pinged.',
    hits: 'an extra frame after the welcome',
    mustFind: [finds('heartbeat', 'pong-duplicated')],
    mayAlsoFind: [finds('heartbeat', 'pong-missing')],
    diagnosis: 'pong-wrong',
    opening: (plan) => after(plan, 'welcome', pong('pong')),
  },
  {
    name: 'control-pong-wrong',
    does: 'Answers a ping control frame with another payload.',
    hits: 'pong control frame',
    mustFind: [finds('heartbeat', 'control-ping-unanswered')],
    diagnosis: 'control-ping-unanswered',
    reply: (plan) =>
      instead(plan, 'control-pong', (step) => [
        { ...step, act: { kind: 'control', opcode: 'pong', payload: 'something else' } },
      ]),
  },
  {
    name: 'control-pong-late',
    does: 'Answers a ping control frame later than its budget.',
    hits: 'pong control frame',
    mustFind: [finds('heartbeat', 'pong-late')],
    diagnosis: 'pong-late',
    reply: (plan, _request, { pace }) => instead(plan, 'control-pong', (step) => [delayed(step, pace.lateMs)]),
  },
];

function pong(label: string): ReturnType<typeof say> {
  return say(
    label,
    serverMessage('pong', (epochMs) => ({ timestamp: epochMs / 1000 })),
  );
}
