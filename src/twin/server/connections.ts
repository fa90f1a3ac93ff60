import type { Socket } from 'node:net';
import type { Peer } from '../behaviour/context.ts';
import { REPLAYED, before } from '../behaviour/plan.ts';
import type { Encode, Plan, Step } from '../behaviour/plan.ts';

/** One admitted, open connection. */
export interface OpenConnection extends Peer {
  readonly tcp: Socket;
  /** Puts a text message on the wire of this connection. */
  deliver(label: string, text: string, encode: Encode | undefined): void;
  /** Closes with 1001: the server goes away. */
  goAway(): void;
}

/** All open connections of a twin. */
export interface Connections {
  add(connection: OpenConnection): void;
  remove(connection: OpenConnection): void;
  /** The connections of one user, oldest first. */
  ofUser(userId: string): readonly OpenConnection[];
  /** Every connection, oldest first. */
  all(): readonly OpenConnection[];
  withNumber(number: number): OpenConnection | undefined;
  size(): number;
}

/** No connections yet. */
export function createConnections(): Connections {
  const byNumber = new Map<number, OpenConnection>();
  const byUser = new Map<string, Set<OpenConnection>>();
  return {
    add(connection) {
      byNumber.set(connection.number, connection);
      byUser.set(connection.userId, (byUser.get(connection.userId) ?? new Set()).add(connection));
    },
    remove(connection) {
      byNumber.delete(connection.number);
      const ofSameUser = byUser.get(connection.userId);
      ofSameUser?.delete(connection);
      if (ofSameUser?.size === 0) byUser.delete(connection.userId);
    },
    ofUser: (userId) => [...(byUser.get(userId) ?? [])],
    all: () => [...byNumber.values()],
    withNumber: (number) => byNumber.get(number),
    size: () => byNumber.size,
  };
}

/** The most messages that are kept for one user without a connection (protocol notes §10, row "queue for absent user"). */
const LONGEST_QUEUE = 50;

/** Messages for users who have no open connection. */
export interface OfflineQueue {
  /** Keeps a message; the oldest is dropped when there are too many. */
  put(userId: string, text: string): void;
  /** Removes and returns every message of a user, oldest first. */
  take(userId: string): readonly string[];
}

/** An empty queue for every user. */
export function createOfflineQueue(): OfflineQueue {
  const queues = new Map<string, string[]>();
  return {
    put(userId, text) {
      const queue = [...(queues.get(userId) ?? []), text];
      queues.set(userId, queue.slice(-LONGEST_QUEUE));
    },
    take(userId) {
      const queue = queues.get(userId) ?? [];
      queues.delete(userId);
      return queue;
    },
  };
}

/** An opening that first delivers the queued messages: before the welcome, as the product does (protocol notes §5.1, step 7). */
export function withReplay(opening: Plan, texts: readonly string[]): Plan {
  if (texts.length === 0) return opening;
  const steps = texts.map((text): Step => ({ label: REPLAYED, afterMs: 0, act: { kind: 'text', text } }));
  const inserted = before(opening, 'welcome', ...steps);
  return inserted === opening ? [...opening, ...steps] : inserted;
}
