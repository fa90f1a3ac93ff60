import { noncesIn } from '../protocol/nonce.ts';
import type { Connection } from './connections.ts';
import type { Entry, EntryOf } from './entry.ts';
import type { RunProgress } from './run-progress.ts';
import { followRun } from './run-progress.ts';
import type { RunQuotes } from './run-quotes.ts';
import { userOf } from './user.ts';

/** What one socket received of a run. */
export interface Delivery {
  readonly connection: string;
  readonly entries: readonly EntryOf<'received'>[];
  /** The event that ended the run on this socket. */
  readonly terminal: EntryOf<'received'> | undefined;
  /** Which agents are at work, or were left so. */
  readonly progress: Pick<RunProgress, 'open' | 'unstarted'>;
}

/** One agent execution: a request, and what answered it on every socket of the user who asked. */
export interface Run {
  readonly request: EntryOf<'sent'>;
  readonly connection: string;
  readonly user: string;
  readonly nonce: string | undefined;
  /** The threads that the server announced for it. */
  readonly announced: readonly string[];
  readonly deliveries: ReadonlyMap<string, Delivery>;
}

/** An agent event that answers no request of the user on whose socket it arrived. */
export interface Stray {
  readonly entry: EntryOf<'received'>;
  /** The run it belongs to, when that is known. */
  readonly run: Run | undefined;
}

/** The runs of a history, and the agent events that belong to none of them. */
export interface Runs {
  readonly runs: readonly Run[];
  readonly strays: readonly Stray[];
  /** Agent events before the welcome that belong to no run of this history: of an earlier session, if anybody asked at all. */
  readonly replays: readonly EntryOf<'received'>[];
}

interface OpenDelivery extends Delivery {
  readonly entries: EntryOf<'received'>[];
  readonly progress: RunProgress;
}

interface OpenRun extends Run {
  readonly deliveries: Map<string, OpenDelivery>;
  readonly announced: string[];
  serverRun: string | undefined;
}

/**
 * Assigns the agent events of a history to the runs that were asked for, entry by entry. What we named ourselves comes
 * first, then what the server announced or named before; a run id that the server made up is only as good as what it was
 * seen with.
 */
export class RunBook implements Runs {
  readonly runs: OpenRun[] = [];
  readonly strays: Stray[] = [];
  readonly replays: EntryOf<'received'>[] = [];
  readonly #byRun = new Map<string, OpenRun>();
  readonly #byServerRun = new Map<string, OpenRun>();
  /** Threads that were asked for or announced. */
  readonly #byThread = new Map<string, OpenRun[]>();
  readonly #byNonce = new Map<string, OpenRun>();
  readonly #byUser = new Map<string, OpenRun[]>();
  readonly #users: ReadonlyMap<string, string>;
  readonly #welcomes: ReadonlyMap<string, number | undefined>;
  readonly #quotes: RunQuotes;

  constructor(connections: readonly Connection[], quotes: RunQuotes) {
    this.#users = new Map(connections.map((connection) => [connection.name, userOf(connection)]));
    this.#welcomes = new Map(connections.map((connection) => [connection.name, connection.welcome?.index]));
    this.#quotes = quotes;
  }

  ask(request: EntryOf<'sent'>): void {
    const { connection, message, text } = request;
    const user = this.#userOf(request);
    const nonce = noncesIn(text)[0];
    const run: OpenRun = {
      request,
      connection,
      user,
      nonce,
      deliveries: new Map(),
      announced: [],
      serverRun: undefined,
    };
    this.runs.push(run);
    append(this.#byUser, user, run);
    if (message.thread !== undefined) append(this.#byThread, message.thread, run);
    if (message.run !== undefined) this.#byRun.set(message.run, run);
    if (nonce !== undefined) this.#byNonce.set(nonce, run);
  }

  /**
   * The server says that a thread exists now: it is that of the run whose prompt is quoted with it, else of the oldest run
   * of the socket, or of the user, that has none yet.
   */
  announce({ connection, index, message: { thread } }: EntryOf<'received'>): void {
    if (thread === undefined || this.#byThread.has(thread) || this.#isReplay({ connection, index })) return;
    const user = this.#users.get(connection) ?? '';
    const ofUser = this.#byUser.get(user) ?? [];
    const waiting = ofUser.filter((run) => run.announced.length === 0 && run.deliveries.size === 0);
    const run =
      this.#asked(this.#quotes.ofThread(thread), user) ??
      waiting.find((candidate) => candidate.connection === connection) ??
      waiting[0];
    if (run === undefined) return;
    run.announced.push(thread);
    append(this.#byThread, thread, run);
  }

  attribute(entry: EntryOf<'received'>): void {
    const run = this.#named(entry) ?? (this.#isReplay(entry) ? undefined : this.#guessed(entry));
    if (run?.user === this.#userOf(entry)) this.#deliver(run, entry);
    else if (run !== undefined || !this.#isReplay(entry)) this.strays.push({ entry, run });
    else this.replays.push(entry);
  }

  #named(entry: EntryOf<'received'>): OpenRun | undefined {
    const { run, thread } = entry.message;
    const asked = run === undefined ? undefined : this.#byRun.get(run);
    if (asked !== undefined) return asked;
    const ofThread = thread === undefined ? [] : this.#ofThread(thread, this.#userOf(entry));
    if (ofThread.length === 1) return ofThread[0];
    const ofServer = run === undefined ? undefined : this.#ofServerRun(run);
    if (ofThread.length > 1) {
      const known = ofServer ?? this.#quoted(entry);
      return known !== undefined && ofThread.includes(known) ? known : nextFor(ofThread, entry);
    }
    return ofServer ?? this.#quoted(entry);
  }

  /** The runs on a thread that was asked for or announced: those of this user, where there are any. */
  #ofThread(thread: string, user: string): readonly OpenRun[] {
    const runs = this.#byThread.get(thread) ?? [];
    const ofUser = runs.filter((run) => run.user === user);
    return ofUser.length > 0 ? ofUser : runs;
  }

  #ofServerRun(run: string): OpenRun | undefined {
    const nonce = this.#quotes.ofRun(run);
    return (nonce === undefined ? undefined : this.#byNonce.get(nonce)) ?? this.#byServerRun.get(run);
  }

  #asked(nonce: string | undefined, user: string): OpenRun | undefined {
    const run = nonce === undefined ? undefined : this.#byNonce.get(nonce);
    return run?.user === user ? run : undefined;
  }

  /** The one run of this user whose prompt the event quotes. */
  #quoted(entry: EntryOf<'received'>): OpenRun | undefined {
    const user = this.#userOf(entry);
    const quoted = new Set(noncesIn(entry.text).flatMap((nonce) => this.#asked(nonce, user) ?? []));
    const [only, ...others] = [...quoted];
    return others.length === 0 ? only : undefined;
  }

  #guessed(entry: EntryOf<'received'>): OpenRun | undefined {
    return nextFor(this.#byUser.get(this.#userOf(entry)) ?? [], entry);
  }

  /** Queued messages of an earlier session may precede the welcome (protocol notes §5.1, step 7). */
  #isReplay({ connection, index }: Pick<Entry, 'connection' | 'index'>): boolean {
    const welcome = this.#welcomes.get(connection);
    return welcome !== undefined && index < welcome;
  }

  #deliver(run: OpenRun, entry: EntryOf<'received'>): void {
    this.#learn(run, entry);
    const delivery = run.deliveries.get(entry.connection) ?? openDelivery(entry.connection);
    run.deliveries.set(entry.connection, delivery);
    delivery.entries.push(entry);
    delivery.progress.follow(entry);
  }

  #learn(run: OpenRun, { message }: EntryOf<'received'>): void {
    const serverRun = message.run;
    if (serverRun === undefined || run.serverRun !== undefined) return;
    if (this.#byRun.has(serverRun) || this.#byServerRun.has(serverRun)) return;
    run.serverRun = serverRun;
    this.#byServerRun.set(serverRun, run);
  }

  #userOf(entry: Entry): string {
    return this.#users.get(entry.connection) ?? '';
  }
}

/**
 * The oldest of the runs that is open on the socket and lacks this event, one that has no server run id yet before one that
 * has; else the oldest open one, else the last. Runs that were asked for on the socket come before those of other sockets.
 */
function nextFor(candidates: readonly OpenRun[], entry: EntryOf<'received'>): OpenRun | undefined {
  const here = candidates.filter((run) => run.connection === entry.connection);
  const runs = here.length > 0 ? here : candidates;
  const open = runs.filter((run) => run.deliveries.get(entry.connection)?.terminal === undefined);
  const unnamed = open.filter((run) => run.serverRun === undefined);
  return [...unnamed, ...open].find((run) => lacks(run, entry)) ?? unnamed[0] ?? open[0] ?? runs.at(-1);
}

function lacks(run: OpenRun, { connection, message }: EntryOf<'received'>): boolean {
  const had = run.deliveries.get(connection)?.entries ?? [];
  return !had.some((entry) => entry.message.event === message.event);
}

function openDelivery(connection: string): OpenDelivery {
  const progress = followRun();
  return {
    connection,
    entries: [],
    progress,
    get terminal() {
      return progress.terminal;
    },
  };
}

function append<Item>(lists: Map<string, Item[]>, key: string, item: Item): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [item]);
  else list.push(item);
}
