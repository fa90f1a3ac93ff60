import { noncesIn } from '../protocol/nonce.ts';
import type { Connection } from './connections.ts';
import type { Entry, EntryOf } from './entry.ts';
import { userOf } from './user.ts';

/** What one socket received of a run. */
export interface Delivery {
  readonly connection: string;
  readonly entries: readonly EntryOf<'received'>[];
  /** The event that ended the run on this socket. */
  readonly terminal: EntryOf<'received'> | undefined;
}

/** One agent execution: a request, and what answered it on every socket of the user who asked. */
export interface Run {
  readonly request: EntryOf<'sent'>;
  readonly connection: string;
  readonly user: string;
  readonly nonce: string | undefined;
  readonly deliveries: ReadonlyMap<string, Delivery>;
}

/** An agent event that answers no request of the user on whose socket it arrived. */
export interface Stray {
  readonly entry: EntryOf<'received'>;
  /** The run it belongs to, when that is known. */
  readonly run: Run | undefined;
}

export interface Runs {
  readonly runs: readonly Run[];
  readonly strays: readonly Stray[];
}

const ANONYMOUS = '';

interface OpenDelivery extends Delivery {
  readonly entries: EntryOf<'received'>[];
  terminal: EntryOf<'received'> | undefined;
  readonly progress: RunProgress;
}

interface OpenRun extends Run {
  readonly deliveries: Map<string, OpenDelivery>;
  serverRun: string | undefined;
}

/** Assigns the agent events of a history to the runs that were asked for, entry by entry. */
export class RunBook implements Runs {
  readonly runs: OpenRun[] = [];
  readonly strays: Stray[] = [];
  readonly #byRun = new Map<string, OpenRun>();
  readonly #byServerRun = new Map<string, OpenRun>();
  readonly #byThread = new Map<string, OpenRun>();
  readonly #byNonce = new Map<string, OpenRun>();
  readonly #byUser = new Map<string, OpenRun[]>();
  readonly #users: ReadonlyMap<string, string>;
  readonly #welcomes: ReadonlyMap<string, number | undefined>;

  constructor(connections: readonly Connection[]) {
    this.#users = new Map(connections.map((connection) => [connection.name, userOf(connection)]));
    this.#welcomes = new Map(connections.map((connection) => [connection.name, connection.welcome?.index]));
  }

  ask(request: EntryOf<'sent'>): void {
    const { connection, message, text } = request;
    const user = this.#userOf(request);
    const run: OpenRun = {
      request,
      connection,
      user,
      nonce: noncesIn(text)[0],
      deliveries: new Map(),
      serverRun: undefined,
    };
    this.runs.push(run);
    const ofUser = this.#byUser.get(user);
    if (ofUser === undefined) this.#byUser.set(user, [run]);
    else ofUser.push(run);
    if (message.thread !== undefined) this.#byThread.set(message.thread, run);
    if (message.run !== undefined) this.#byRun.set(message.run, run);
    if (run.nonce !== undefined) this.#byNonce.set(run.nonce, run);
  }

  attribute(entry: EntryOf<'received'>): void {
    const run = this.#named(entry) ?? (this.#isReplay(entry) ? undefined : this.#guessed(entry));
    if (run?.user === this.#userOf(entry)) this.#deliver(run, entry);
    else if (run !== undefined || !this.#isReplay(entry)) this.strays.push({ entry, run });
  }

  /** By our own ids first: a run id of the server counts only through the events it was seen with. */
  #named(entry: EntryOf<'received'>): OpenRun | undefined {
    const { run, thread } = entry.message;
    const asked = run === undefined ? undefined : this.#byRun.get(run);
    const ofThread = thread === undefined ? undefined : this.#byThread.get(thread);
    const ofServer = run === undefined ? undefined : this.#byServerRun.get(run);
    return asked ?? ofThread ?? ofServer ?? this.#quoted(entry);
  }

  /** The one run of this user whose prompt the event quotes. */
  #quoted(entry: EntryOf<'received'>): OpenRun | undefined {
    const user = this.#userOf(entry);
    const quoted = new Set(noncesIn(entry.text).flatMap((nonce) => this.#byNonce.get(nonce) ?? []));
    const [only, ...others] = [...quoted].filter((run) => run.user === user);
    return others.length === 0 ? only : undefined;
  }

  /**
   * The oldest open run of the socket that lacks this event, one that has no server run id yet before one that has; else its
   * oldest open run, else its last.
   */
  #guessed(entry: EntryOf<'received'>): OpenRun | undefined {
    const ofUser = this.#byUser.get(this.#userOf(entry)) ?? [];
    const here = ofUser.filter((run) => run.connection === entry.connection);
    const nearest = here.length > 0 ? here : ofUser;
    const open = nearest.filter((run) => run.deliveries.get(entry.connection)?.terminal === undefined);
    const unnamed = open.filter((run) => run.serverRun === undefined);
    return [...unnamed, ...open].find((run) => lacks(run, entry)) ?? unnamed[0] ?? open[0] ?? nearest.at(-1);
  }

  /** Queued messages of an earlier session may precede the welcome (protocol notes §5.1, step 7). */
  #isReplay(entry: EntryOf<'received'>): boolean {
    const welcome = this.#welcomes.get(entry.connection);
    return welcome !== undefined && entry.index < welcome;
  }

  #deliver(run: OpenRun, entry: EntryOf<'received'>): void {
    this.#learn(run, entry.message.run);
    const delivery = run.deliveries.get(entry.connection) ?? openDelivery(entry.connection);
    run.deliveries.set(entry.connection, delivery);
    delivery.entries.push(entry);
    delivery.progress.follow(entry);
    delivery.terminal = delivery.progress.terminal;
  }

  #learn(run: OpenRun, serverRun: string | undefined): void {
    if (serverRun === undefined || run.serverRun !== undefined) return;
    if (this.#byRun.has(serverRun) || this.#byServerRun.has(serverRun)) return;
    run.serverRun = serverRun;
    this.#byServerRun.set(serverRun, run);
  }

  #userOf(entry: Entry): string {
    return this.#users.get(entry.connection) ?? '';
  }
}

function lacks(run: OpenRun, { connection, message }: EntryOf<'received'>): boolean {
  const had = run.deliveries.get(connection)?.entries ?? [];
  return !had.some((entry) => entry.message.event === message.event);
}

function openDelivery(connection: string): OpenDelivery {
  return { connection, entries: [], terminal: undefined, progress: new RunProgress() };
}

/**
 * Follows which agents of one run are at work. The run is over when the last of them has completed: nested sub-agents and
 * doubled start/complete pairs do not end it (protocol notes §8.4).
 */
class RunProgress {
  /** The event that ended the run, once there is one. */
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
 * latest agent without a name, and otherwise no agent.
 */
function leave(atWork: string[], agent: string): void {
  const named = atWork.lastIndexOf(agent);
  const position = named === -1 ? (agent === ANONYMOUS ? atWork.length - 1 : atWork.lastIndexOf(ANONYMOUS)) : named;
  if (position !== -1) atWork.splice(position, 1);
}
