import type { Admission } from '../handshake/attempt.ts';
import type { FaultEngine, Fire } from './fault-engine.ts';
import type { WritableJournal } from './journal.ts';
import type { OfflineQueue } from './offline-queue.ts';
import type { TwinTiming } from './timing.ts';
import type { Profile } from '../catalogue/profile.ts';
import type { Connections } from './connections.ts';
import type { Threads } from './threads.ts';
import type { Starts } from './starts.ts';
import type { Verify } from '../handshake/verify-token.ts';

/** What every connection and HTTP request of one twin shares. */
export interface TwinParts {
  readonly profile: Profile;
  readonly pace: TwinTiming;
  readonly seed: number;
  readonly engine: FaultEngine;
  readonly fire: Fire;
  readonly journal: WritableJournal;
  readonly roster: Connections;
  readonly outbox: OfflineQueue;
  readonly threads: Threads;
  readonly starts: Starts;
  readonly verify: Verify;
  /** Everybody who was let in so far; grows. */
  readonly admissions: Admission[];
  readonly epochMs: () => number;
}
