import type { AgentClient } from '../client/agent-client.ts';
import type { Recorder } from '../history/recorder.ts';

/** One member of a fleet, from its first byte to its last. */
export interface Life {
  readonly number: number;
  readonly user: string;
  readonly recorder: Recorder;
  /** Undefined when there was no token to connect with. */
  readonly client: AgentClient | undefined;
  /** Whether it was welcomed and its ping answered, so that it may ask for runs. */
  readonly ready: boolean;
  readonly connecting: Start;
  /** Set when it asked for its first run. */
  asking: Start | undefined;
  /** How often the server asked it to come back later. */
  readonly backedOff: number;
}

/** When something was meant to start, and when it did; monotonic milliseconds. */
export interface Start {
  readonly intendedMs: number;
  readonly actualMs: number;
}
