import type { Plan, Step } from './plan.ts';
import { before } from './plan-edits.ts';

/** What is kept for one absent user at most (protocol notes §10, row "queue for absent user"). */
const LONGEST_QUEUE = 50;

/** Label of a message that waited for its user. */
export const REPLAYED = 'replayed';

/** Messages for users who are not connected. */
export interface OfflineQueue {
  /** Keeps a message; the oldest gives way when there are too many. */
  put(userId: string, text: string): void;
  /** Everything that waits for a user, oldest first; it waits no longer. */
  take(userId: string): readonly string[];
}

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

/** An opening that first delivers what waited: before the welcome, as the product does (protocol notes §5.1, step 7). */
export function withReplay(opening: Plan, texts: readonly string[]): Plan {
  if (texts.length === 0) return opening;
  const steps = texts.map((text): Step => ({ label: REPLAYED, afterMs: 0, act: { kind: 'text', text } }));
  const inserted = before(opening, 'welcome', ...steps);
  return inserted === opening ? [...opening, ...steps] : inserted;
}
