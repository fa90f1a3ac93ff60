import type { Fault } from '../fault.ts';
import { tellUser } from '../../behaviour/plan.ts';
import { finds } from './provocation.ts';

/** Events that reach the wrong sockets (failure notes FM-67, FM-68). */
export const AUDIENCE_FAULTS: readonly Fault[] = [
  {
    name: 'leak-to-other-connection',
    does: 'Sends the events of a run to the oldest socket of another user as well.',
    hits: "another user's connection",
    mustFind: [finds('isolation', 'foreign-event')],
    diagnosis: 'FM-67',
    audience: (recipients, { label }, { userId, peers }) => {
      const stranger = peers().find((peer) => peer.userId !== userId);
      return stranger === undefined || label === 'thread-created' ? recipients : [...recipients, stranger];
    },
  },
  {
    name: 'only-newest-socket',
    does: "Sends the events of a run to the newest of the user's sockets alone.",
    hits: "the user's older connections",
    mustFind: [finds('fan-out', 'fan-out-missing'), finds('agent-run', 'run-unanswered')],
    diagnosis: 'FM-68',
    audience: (recipients) => (recipients.length > 1 ? recipients.slice(-1) : recipients),
  },
  {
    name: 'only-asking-socket',
    does: 'Sends the events of a run to the socket that asked alone.',
    hits: "the user's other connections",
    mustFind: [finds('fan-out', 'fan-out-missing')],
    diagnosis: 'FM-68',
    audience: (recipients, _delivery, { attempt }) =>
      recipients.length > 1 ? recipients.filter(({ number }) => number === attempt.number) : recipients,
  },
  {
    name: 'deliver-to-other-user',
    does: 'Sends agent_thinking to the oldest socket of another user instead.',
    hits: 'agent_thinking',
    mustFind: [finds('isolation', 'foreign-event'), finds('agent-run', 'event-missing')],
    diagnosis: 'FM-67',
    audience: (recipients, { label }, { userId, peers }) => {
      const stranger = peers().find((peer) => peer.userId !== userId);
      return stranger === undefined || label !== 'agent_thinking' ? recipients : [stranger];
    },
  },
  {
    name: 'quote-to-other-user',
    does: "Shows a user's prompt to the oldest socket of another user.",
    hits: "another user's connection",
    mustFind: [finds('isolation', 'foreign-nonce')],
    mayAlsoFind: [finds('isolation', 'foreign-thread')],
    diagnosis: 'FM-67',
    run: (plan, { prompt, thread }) => [
      ...plan,
      tellUser('thread-message', () => ({ type: 'thread_message', payload: { thread_id: thread, content: prompt } })),
    ],
    audience: (recipients, { label }, { userId, peers }) => {
      const stranger = peers().find((peer) => peer.userId !== userId);
      return stranger === undefined || label !== 'thread-message' ? recipients : [...recipients, stranger];
    },
  },
];
