import { decodeJwt } from 'jose';

/** The user of a given token: its `sub`, read without verifying; undefined when the text is not a JWT that has one. */
export function userOfToken(token: string): string | undefined {
  try {
    const { sub } = decodeJwt(token);
    return sub === undefined || sub === '' ? undefined : sub;
  } catch {
    return undefined;
  }
}

/** The part of a user id that some servers report: its first eight characters (protocol notes §5.4). */
export function prefixEight(userId: string): string {
  return userId.slice(0, 8);
}
