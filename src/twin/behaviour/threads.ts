/** The threads that exist, by the user who has them. Times and numbers in their names are those of the product (observed). */
export interface Threads {
  /** Whether the user was told of this thread, or made it. */
  knows(userId: string, thread: string): boolean;
  /** Remembers a thread of a user. */
  add(userId: string, thread: string): void;
  ofUser(userId: string): readonly string[];
}

/** No threads yet. */
export function createThreads(): Threads {
  const byUser = new Map<string, Set<string>>();
  return {
    knows: (userId, thread) => byUser.get(userId)?.has(thread) ?? false,
    add(userId, thread) {
      byUser.set(userId, (byUser.get(userId) ?? new Set()).add(thread));
    },
    ofUser: (userId) => [...(byUser.get(userId) ?? [])],
  };
}
