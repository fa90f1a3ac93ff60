import type { SliceResult } from './part-result.ts';
import type { Tally } from './tally.ts';

/** A slice that is under way, in this thread or in another. */
export interface RunningSlice {
  readonly tally: Readonly<Tally>;
  /** Never rejects: of a thread that dies it is told which members were not judged. */
  readonly result: Promise<SliceResult>;
  stop(because: string): void;
}

/** What a slice is told of the others, and tells them. */
export interface SliceNeighbours {
  /** Resolves once every slice has all its members open, or is gone. */
  arrive(): Promise<void>;
  /** This slice will not arrive any more. */
  leave(): void;
  /** This slice stopped; the others stop as well. */
  stopAll(because: string): void;
}
