import type { Fault } from '../fault.ts';
import { finds } from './provocation.ts';

/** Events that reach the wrong sockets (failure notes FM-67, FM-68). */
export const AUDIENCE_FAULTS: readonly Fault[] = [
  {
    name: 'leak-to-other-connection',
    does: 'Sends the events of a run to the oldest socket of another user as well.',
    hits: "another user's connection",
    provokes: [finds('isolation', 'foreign-event')],
    diagnosis: 'FM-67',
    audience: (recipients, _delivery, { userId, peers }) => {
      const stranger = peers().find((peer) => peer.userId !== userId);
      return stranger === undefined ? recipients : [...recipients, stranger];
    },
  },
  {
    name: 'only-newest-socket',
    does: "Sends the events of a run to the newest of the user's sockets alone.",
    hits: "the user's older connections",
    provokes: [finds('fan-out', 'fan-out-missing'), finds('agent-run', 'run-unanswered')],
    diagnosis: 'FM-68',
    audience: (recipients) => (recipients.length > 1 ? recipients.slice(-1) : recipients),
  },
];
