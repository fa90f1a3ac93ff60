import type { ShareResult } from './shard-result.ts';
import type { Progress } from './progress.ts';

/** A slice that is under way, in this thread or in another. */
export interface RunningShare {
  readonly tally: Readonly<Progress>;
  /** Never rejects: of a thread that dies it is told which members were not judged. */
  readonly result: Promise<ShareResult>;
  stop(because: string): void;
}

/** What a slice is told of the others, and tells them. */
export interface ShareNeighbours {
  /** Resolves once every slice has all its members open, or is gone. */
  arrive(): Promise<void>;
  /** This slice will not arrive any more. */
  leave(): void;
  /** This slice stopped; the others stop as well. */
  stopAll(because: string): void;
}
