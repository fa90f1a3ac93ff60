import type { ClientContext } from '../agent-client.ts';
import type { Ending } from './wait.ts';

/** Staying connected. */
export interface HoldVerbs {
  /** Stays for `forMs` milliseconds, answering the keep-alive, or until the connection ends. Asks for nothing. */
  hold(forMs: number): Promise<Ending>;
}

export function holdVerbs({ listen }: ClientContext): HoldVerbs {
  return {
    hold: (forMs) => listen({ until: () => false, totalMs: forMs }),
  };
}
