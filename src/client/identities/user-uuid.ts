import { createHash, randomUUID } from 'node:crypto';
import { KEPT_CHARACTERS, isUuid } from '../../protocol/user-ids.ts';

const BASE = 36;
const SEED = 'staging-websocket-e2e';

/**
 * The UUID of a numbered user: the same number gives the same UUID on every machine. `number` is written in base 36. UUIDs
 * of numbers below 2^32 differ in their first eight characters, because the mixing of those is one-to-one.
 */
export function userUuid(number: string): string {
  const digest = createHash('sha256').update(`${SEED}/${number}`).digest('hex');
  const first = mixed(Number.parseInt(number, BASE)).toString(16).padStart(8, '0');
  const variant = ((Number.parseInt(digest.slice(6, 7), 16) % 4) + 8).toString(16);
  return `${first}-${digest.slice(0, 4)}-4${digest.slice(4, 7)}-${variant}${digest.slice(7, 10)}-${digest.slice(10, 22)}`;
}

/** Every step can be undone, so that no two numbers give the same: the finaliser of MurmurHash3. */
function mixed(number: number): number {
  let value = (number ^ 0x5e2e5e2e) >>> 0;
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
}

/** A user id of another form than that of the given one, that beta-9 accepts as well: `e2e-…` for a UUID, else a UUID. */
export function idOfAnotherForm(userId: string): string {
  return isUuid(userId) ? `e2e-${userId.slice(0, KEPT_CHARACTERS)}` : randomUUID();
}
