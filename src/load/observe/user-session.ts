import type { AgentClient } from '../../client/agent-client.ts';
import type { Recorder } from '../../history/recorder.ts';

/** One member of a fleet, from its first byte to its last. */
export interface UserSession {
  readonly number: number;
  readonly user: string;
  readonly recorder: Recorder;
  /** Undefined when there was no token to connect with. */
  readonly client: AgentClient | undefined;
  /** Whether it was welcomed and its ping answered, so that it may ask for runs. */
  readonly ready: boolean;
  readonly connecting: PlannedStart;
  /** Set when it asked for its first run. */
  asking: PlannedStart | undefined;
  /** How often the server asked it to come back later. */
  readonly backedOff: number;
}

/** When something was meant to start, and when it did; monotonic milliseconds. */
export interface PlannedStart {
  readonly intendedMs: number;
  readonly actualMs: number;
}
