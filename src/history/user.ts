import type { Connection } from './connections.ts';

const TRUNCATION = '...';

/**
 * Whether two user ids may name the same user. Servers cut ids to eight characters and `...` in welcomes, so a cut id
 * matches what it is a prefix of (protocol notes §5.4).
 */
export function sameUser(a: string, b: string): boolean {
  if (a === b) return true;
  if (a.endsWith(TRUNCATION)) return b.startsWith(a.slice(0, -TRUNCATION.length));
  if (b.endsWith(TRUNCATION)) return a.startsWith(b.slice(0, -TRUNCATION.length));
  return false;
}

/** Ids that a deployment with bypassed authentication gives to everybody (protocol notes §3.6). */
export function isBypassUser(user: string): boolean {
  return user.startsWith('demo-use') || user.startsWith('relaxed_');
}

/**
 * The user that the server takes a connection for: the one in the credential, or, where authentication is bypassed, the
 * one that the welcome names.
 */
export function userOf(connection: Connection): string {
  const welcomed = connection.welcome?.message.user;
  if (welcomed !== undefined && isBypassUser(welcomed)) return welcomed;
  return connection.request?.user ?? '';
}
