import type { Socket } from 'node:net';
import type { Peer } from './context.ts';
import type { Encode } from './plan.ts';

/** One admitted, open connection. */
export interface OpenConnection extends Peer {
  readonly tcp: Socket;
  /** Puts a text message on the wire of this connection. */
  deliver(label: string, text: string, encode: Encode | undefined): void;
  /** Closes with 1001: the server goes away. */
  dismiss(): void;
}

/** Who is connected. */
export interface Connections {
  join(member: OpenConnection): void;
  leave(member: OpenConnection): void;
  /** The open sockets of one user, oldest first. */
  ofUser(userId: string): readonly OpenConnection[];
  /** Every open socket, oldest first. */
  all(): readonly OpenConnection[];
  withNumber(number: number): OpenConnection | undefined;
  size(): number;
}

export function createConnections(): Connections {
  const members = new Map<number, OpenConnection>();
  const byUser = new Map<string, Set<OpenConnection>>();
  return {
    join(member) {
      members.set(member.number, member);
      byUser.set(member.userId, (byUser.get(member.userId) ?? new Set()).add(member));
    },
    leave(member) {
      members.delete(member.number);
      const ofSameUser = byUser.get(member.userId);
      ofSameUser?.delete(member);
      if (ofSameUser?.size === 0) byUser.delete(member.userId);
    },
    ofUser: (userId) => [...(byUser.get(userId) ?? [])],
    all: () => [...members.values()],
    withNumber: (number) => members.get(number),
    size: () => members.size,
  };
}
