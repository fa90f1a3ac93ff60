import type { Connection } from './connections.ts';

const TRUNCATION = /(?:\.\.\.|…)$/;

/**
 * Whether two user ids may name the same user. Servers cut ids to eight characters and `...` in welcomes, so a cut id
 * matches what it is a prefix of (protocol notes §5.4).
 */
export function sameUser(a: string, b: string): boolean {
  if (a === b) return true;
  return isShortFormOf(a, b) || isShortFormOf(b, a);
}

function isShortFormOf(short: string, whole: string): boolean {
  return TRUNCATION.test(short) && whole.startsWith(short.replace(TRUNCATION, ''));
}

/** Ids that a deployment with bypassed authentication gives to everybody (protocol notes §3.6). */
function isBypassUser(user: string): boolean {
  return user.startsWith('demo-use') || user.startsWith('relaxed_');
}

/** The bypass user that the welcome of a connection names, unless that is the user of the credential, whole or shortened. */
export function bypassUserOf({ welcome, request }: Connection): string | undefined {
  const welcomed = welcome?.message.user;
  if (welcomed === undefined || !isBypassUser(welcomed)) return undefined;
  return sameUser(welcomed, request?.user ?? '') ? undefined : welcomed;
}

/**
 * The user that the server takes a connection for: the one in the credential, or, where authentication is bypassed, the
 * one that the welcome names.
 */
export function userOf(connection: Connection): string {
  return bypassUserOf(connection) ?? connection.request?.user ?? '';
}
