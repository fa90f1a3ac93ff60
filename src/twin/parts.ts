import type { Admission } from './handshake/attempt.ts';
import type { FaultEngine, Fire } from './fault-engine.ts';
import type { WritableJournal } from './journal.ts';
import type { Outbox } from './wire/outbox.ts';
import type { Pace } from './pace.ts';
import type { Profile } from './profile.ts';
import type { Roster } from './roster.ts';
import type { Starts } from './starts.ts';
import type { Verify } from './handshake/verify-token.ts';

/** What every connection and HTTP request of one twin shares. */
export interface TwinParts {
  readonly profile: Profile;
  readonly pace: Pace;
  readonly seed: number;
  readonly engine: FaultEngine;
  readonly fire: Fire;
  readonly journal: WritableJournal;
  readonly roster: Roster;
  readonly outbox: Outbox;
  readonly starts: Starts;
  readonly verify: Verify;
  /** Everybody who was let in so far; grows. */
  readonly admissions: Admission[];
  readonly epochMs: () => number;
}
