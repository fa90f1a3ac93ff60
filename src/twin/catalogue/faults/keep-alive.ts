import type { JsonObject } from '../../../protocol/fields.ts';
import type { Fault } from '../fault.ts';
import { cutOff, delayed, instead, say, without } from '../../behaviour/plan.ts';
import { serverMessage } from '../../messages/server-message.ts';
import { LOST_ANSWERS } from './connection-closings.ts';
import { finds } from './provocation.ts';

/** Pings and heartbeats that are answered wrongly or not at all (failure notes FM-44 to FM-47). */
export const KEEP_ALIVE_FAULTS: readonly Fault[] = [
  {
    name: 'ignore-ping',
    does: 'Does not answer ping messages.',
    hits: 'pong',
    mustFind: [finds('heartbeat', 'pong-missing')],
    diagnosis: 'FM-44',
    reply: (plan) => without(plan, 'pong'),
  },
  {
    name: 'pong-late',
    does: 'Sends the pong later than its budget.',
    hits: 'pong',
    mustFind: [finds('heartbeat', 'pong-late')],
    diagnosis: 'pong-late',
    reply: (plan, _request, { pace }) => instead(plan, 'pong', (step) => [delayed(step, pace.lateMs)]),
  },
  {
    name: 'pong-twice',
    does: 'Sends the pong twice.',
    hits: 'pong',
    mustFind: [finds('heartbeat', 'pong-duplicated')],
    diagnosis: 'pong-wrong',
    reply: (plan) => instead(plan, 'pong', (step) => [step, { ...step }]),
  },
  {
    name: 'pong-wrong-id',
    does: 'Echoes in the pong a ping that was never sent.',
    hits: 'pong',
    mustFind: [finds('heartbeat', 'pong-mismatched')],
    diagnosis: 'pong-wrong',
    frame: (message, { label }) => (label === 'pong' ? { ...message, ...ECHO_OF_NOTHING } : message),
  },
  {
    name: 'heartbeat-instead-of-pong',
    does: 'Answers a ping with a heartbeat.',
    hits: 'pong',
    mustFind: [finds('heartbeat', 'pong-missing')],
    diagnosis: 'FM-45',
    reply: (plan) => instead(plan, 'pong', () => [say('heartbeat', serverMessage('heartbeat', heartbeatData))]),
  },
  {
    name: 'ignore-heartbeat',
    does: 'Does not answer heartbeat messages.',
    hits: 'heartbeat_ack',
    mustFind: [finds('heartbeat', 'heartbeat-unanswered')],
    diagnosis: 'FM-44',
    reply: (plan) => without(plan, 'heartbeat-ack'),
  },
  {
    name: 'ignore-control-ping',
    does: 'Does not answer ping control frames.',
    hits: 'pong control frame',
    mustFind: [finds('heartbeat', 'control-ping-unanswered')],
    diagnosis: 'control-ping-unanswered',
    reply: (plan) => without(plan, 'control-pong'),
  },
  {
    name: 'close-when-idle',
    does: 'Cuts a connection that runs no agent at its first heartbeat instead of keeping it alive.',
    hits: 'an idle connection',
    mustFind: [finds('closing', 'closed-uncleanly')],
    mayAlsoFind: LOST_ANSWERS,
    diagnosis: 'FM-46',
    keepAlive: (plan, { activeRuns }) => (activeRuns().length === 0 ? [cutOff()] : plan),
  },
];

const ECHO_OF_NOTHING: JsonObject = { original_timestamp: 1, message_id: 'ping-of-nobody' };

function heartbeatData(epochMs: number): JsonObject {
  return { timestamp: new Date(epochMs).toISOString(), stats: { messages_processed: 1, agent_events_processed: 0 } };
}
