import type { Starts } from '../behaviour/context.ts';
import type { Admission } from '../behaviour/attempt.ts';
import type { FaultEngine } from './fault-engine.ts';
import type { Fire, WritableJournal } from './journal.ts';
import type { TwinTiming } from '../behaviour/timing.ts';
import type { Profile } from '../catalogue/profile.ts';
import type { Connections, OfflineQueue } from './connections.ts';
import type { Threads } from '../behaviour/threads.ts';
import type { Verify } from '../handshake/verify-token.ts';

/** Starts that the server counts. */
export interface CountedStarts extends Starts {
  /** It begins to listen. */
  begin(): void;
}

/** What every connection and HTTP request of one twin shares. */
export interface TwinParts {
  readonly profile: Profile;
  readonly pace: TwinTiming;
  readonly seed: number;
  readonly engine: FaultEngine;
  readonly fire: Fire;
  readonly journal: WritableJournal;
  readonly connections: Connections;
  readonly offlineQueue: OfflineQueue;
  readonly threads: Threads;
  readonly starts: CountedStarts;
  readonly verify: Verify;
  /** Every admitted user so far; grows. */
  readonly admissions: Admission[];
  readonly epochMs: () => number;
}
