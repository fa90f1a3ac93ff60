import type { History } from '../../history/entry.ts';
import { runsOf } from '../../history/runs.ts';
import { nonceOf, noncesIn } from '../../protocol/nonce.ts';

const THREAD = 'thread-';

/** The nonces of a member's own requests. */
export function ownNonces(history: History): readonly string[] {
  return runsOf(history).runs.flatMap(({ nonce }) => nonce ?? []);
}

/**
 * Nonces that reached a member and are not its own: quoted in a text, or hidden in the name of a thread, which is made of
 * the same id. Whose they are is known once all members are compared.
 */
export function foreignNonces(history: History, own: readonly string[]): readonly string[] {
  const foreign = new Set<string>();
  for (const entry of history) {
    if (entry.kind !== 'received') continue;
    const { thread } = entry.message;
    for (const nonce of noncesIn(entry.text)) if (!own.includes(nonce)) foreign.add(nonce);
    if (thread?.startsWith(THREAD) !== true) continue;
    const hidden = nonceOf(thread.slice(THREAD.length));
    if (!own.includes(hidden)) foreign.add(hidden);
  }
  return [...foreign];
}
