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
  return new Progress();
}

class Progress implements RunProgress {
  terminal: EntryOf<'received'> | undefined = undefined;
  #atWork: string[] | undefined = undefined;

  follow(entry: EntryOf<'received'>): void {
    if (this.terminal !== undefined) return;
    const { event, meaning, agent = ANONYMOUS } = entry.message;
    if (meaning === 'agent-failure') this.terminal = entry;
    if (event === 'agent_started') this.#start(agent);
    if (event === 'agent_completed') this.#complete(agent, entry);
  }

  #start(agent: string): void {
    if (this.#atWork === undefined) this.#atWork = [agent];
    else if (!this.#atWork.includes(agent)) this.#atWork.push(agent);
  }

  #complete(agent: string, entry: EntryOf<'received'>): void {
    if (this.#atWork !== undefined) leave(this.#atWork, agent);
    if (this.#atWork === undefined || this.#atWork.length === 0) this.terminal = entry;
  }
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
