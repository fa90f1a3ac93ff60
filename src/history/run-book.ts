import { noncesIn } from '../protocol/nonce.ts';
import type { Connection } from './connections.ts';
import type { Entry, EntryOf } from './entry.ts';
import type { RunProgress } from './run-progress.ts';
import { followRun } from './run-progress.ts';
import type { Delivery, Run, Runs, Stray } from './runs.ts';
import { userOf } from './user.ts';

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

  /** By what we named ourselves first: a run id that the server made up is only as good as what it was seen with. */
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
  return { connection, entries: [], terminal: undefined, progress: followRun() };
}
