import type { EntryOf } from './entry.ts';

const ANONYMOUS = '';

/**
 * Follows which agents of one run are at work. The run is over when the last of them has completed: nested sub-agents and
 * doubled start/complete pairs do not end it (protocol notes §8.4).
 */
export interface RunProgress {
  /** The event that ended the run, once there is one. */
  readonly terminal: EntryOf<'received'> | undefined;
  follow(entry: EntryOf<'received'>): void;
}

export function followRun(): RunProgress {
  const atWork: string[] = [];
  let terminal: EntryOf<'received'> | undefined;
  return {
    get terminal() {
      return terminal;
    },
    follow(entry) {
      if (terminal !== undefined) return;
      const { event, meaning, agent = ANONYMOUS } = entry.message;
      if (meaning === 'agent-failure') terminal = entry;
      if (event === 'agent_started' && !atWork.includes(agent)) atWork.push(agent);
      if (event !== 'agent_completed') return;
      leave(atWork, agent);
      if (atWork.length === 0) terminal = entry;
    },
  };
}

/**
 * A completion without a name completes the agent that started last; one under a name that never started completes the
 * latest agent without a name, and otherwise nobody, unless nobody is known to be at work under another name.
 */
function leave(atWork: string[], agent: string): void {
  const named = atWork.lastIndexOf(agent);
  const position = named === -1 ? (agent === ANONYMOUS ? atWork.length - 1 : atWork.lastIndexOf(ANONYMOUS)) : named;
  if (position !== -1) atWork.splice(position, 1);
}
