import { isRunRecord } from '../protocol/agent-events.ts';
import type { Message } from '../protocol/message.ts';
import { agentKey } from '../protocol/message.ts';
import type { EntryOf } from './entry.ts';

type FollowedEvent = EntryOf<'received'>;

/**
 * Follows which agents of one run are at work. Named starts and completions open and close that agent; the pair without a
 * name is the run itself. A run that has a start without a name ends with the completion without a name; one that has none
 * ends when its outermost agent completes: the one that started first. The record of a run is no agent (protocol notes
 * §8.4, observed on beta-9).
 */
export interface RunProgress {
  /** The event that ended the run, once there is one. */
  readonly terminal: FollowedEvent | undefined;
  /** The starts of the agents that have not completed; of the record of the run only while no agent has started. */
  readonly open: readonly FollowedEvent[];
  /** Completions of agents that had not started, in a run whose agents have names. */
  readonly unstarted: readonly FollowedEvent[];
  follow(entry: FollowedEvent): void;
}

export function followRun(): RunProgress {
  return new FollowedRun();
}

class FollowedRun implements RunProgress {
  terminal: FollowedEvent | undefined = undefined;
  readonly unstarted: FollowedEvent[] = [];
  #record: FollowedEvent | undefined = undefined;
  /** The start of the run itself, which has no name. */
  #itself: FollowedEvent | undefined = undefined;
  #outermost: string | undefined = undefined;
  readonly #started = new Set<string>();
  readonly #atWork = new Map<string, FollowedEvent>();

  get open(): readonly FollowedEvent[] {
    if (this.#atWork.size > 0) return [...this.#atWork.values()];
    const isAllThereIs = this.terminal === undefined && this.#outermost === undefined;
    return this.#record !== undefined && isAllThereIs ? [this.#record] : [];
  }

  follow(entry: FollowedEvent): void {
    const { event, meaning } = entry.message;
    if (meaning === 'agent-failure') this.terminal ??= entry;
    if (event === 'agent_started' && this.terminal === undefined) this.#start(entry);
    if (event === 'agent_completed' && this.#ends(entry)) this.terminal ??= entry;
  }

  #start(entry: FollowedEvent): void {
    const { agent } = entry.message;
    const key = agentKey(entry.message);
    if (agent === undefined || key === undefined) this.#itself ??= entry;
    else if (isRunRecord(agent)) this.#record ??= entry;
    else {
      this.#outermost ??= key;
      this.#started.add(key);
      if (!this.#atWork.has(key)) this.#atWork.set(key, entry);
    }
  }

  /** Whether this completion ends the run; it closes the agent that it names in any case. */
  #ends(entry: FollowedEvent): boolean {
    const { agent } = entry.message;
    if (agent === undefined) return this.#itself !== undefined || this.#endsWithLatest();
    const key = this.#workingAs(entry.message);
    if (this.#atWork.delete(key)) return this.#itself === undefined && key === this.#outermost;
    if (this.#outermost === undefined && (this.#record === undefined || isRunRecord(agent))) return true;
    if (this.terminal === undefined && !isRunRecord(agent) && !this.#started.has(key)) this.unstarted.push(entry);
    return false;
  }

  /** Under which key the agent of a completion is at work: one of both events may name it without its id. */
  #workingAs(completion: Message): string {
    const { agent = '', agentId } = completion;
    if (agentId !== undefined && this.#atWork.has(agentId)) return agentId;
    const named = [...this.#atWork].findLast(
      ([, { message }]) => message.agent === agent && (agentId === undefined || message.agentId === undefined),
    );
    return named?.[0] ?? agentId ?? agent;
  }

  /** In a run that did not begin without a name, a completion without a name is that of the agent that started last. */
  #endsWithLatest(): boolean {
    const latest = [...this.#atWork.keys()].at(-1);
    if (latest === undefined) return true;
    this.#atWork.delete(latest);
    return latest === this.#outermost;
  }
}
