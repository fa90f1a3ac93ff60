import { noncesIn } from '../protocol/nonce.ts';
import type { History } from './entry.ts';

/**
 * Which prompt the ids of the server stand for. A server makes up its own run id and thread, and names both together with
 * the prompt in some event of the run (protocol notes §8.1, observed on beta-9); that is known only later than the first
 * event, when several runs are under way at once.
 */
export interface RunQuotes {
  /** The nonce that was quoted first in an event with this run id. */
  ofRun(run: string): string | undefined;
  /** The nonce of the only run that was named with this thread; undefined when several were. */
  ofThread(thread: string): string | undefined;
}

/** Reads what the events of a history quote, once for all of them. */
export function quotesIn(history: History): RunQuotes {
  const nonces = new Map<string, string>();
  const runsOfThread = new Map<string, Set<string>>();
  for (const entry of history) {
    if (entry.kind !== 'received' || entry.message.run === undefined) continue;
    const { run, thread } = entry.message;
    if (thread !== undefined) runsOfThread.set(thread, (runsOfThread.get(thread) ?? new Set()).add(run));
    const [nonce] = nonces.has(run) ? [] : noncesIn(entry.text);
    if (nonce !== undefined) nonces.set(run, nonce);
  }
  return {
    ofRun: (run) => nonces.get(run),
    ofThread(thread) {
      const [only, ...others] = runsOfThread.get(thread) ?? [];
      return only === undefined || others.length > 0 ? undefined : nonces.get(only);
    },
  };
}
