import type WebSocket from 'ws';
import type { Budgets } from '../../history/budgets.ts';
import type { Recorder } from '../../history/recorder.ts';
import type { WaitGoal } from '../../history/wait-goals.ts';
import type { WaitEnding, Wait } from './wait.ts';
import { waitFor } from './wait.ts';

/** One connection and its clocks: `clock` is monotonic, `now` the epoch, both in milliseconds. */
export interface ClientConnection {
  readonly socket: WebSocket;
  readonly recorder: Recorder;
  /** The name of the connection in the history. */
  readonly name: string;
  readonly user: string;
  readonly budgets: Budgets;
  readonly clock: () => number;
  readonly now: () => number;
  readonly createId: () => string;
  /** Index of the first entry of this connection. */
  readonly from: number;
}

/** A wait on the client's own connection, from its first entry on unless it says otherwise. */
type OwnWait = Omit<Wait, 'connection' | 'from'> & Partial<Pick<Wait, 'from'>>;

/** What the verbs of one client share. */
export interface ClientContext extends ClientConnection {
  /** Waits. The caller records what a deadline means. */
  readonly waitQuietly: (wait: OwnWait) => Promise<WaitEnding>;
  /** Waits for one thing, and records the deadline when it ran out. */
  readonly wait: (waitingFor: WaitGoal, wait: OwnWait) => Promise<WaitEnding>;
}

/** Adds to a connection how its verbs wait. */
export function contextOf(given: ClientConnection): ClientContext {
  const { recorder, name, from, clock } = given;
  const waitQuietly: ClientContext['waitQuietly'] = (wait) =>
    waitFor(recorder, { from, ...wait, connection: name }, clock);
  return {
    ...given,
    waitQuietly,
    async wait(waitingFor, wait) {
      const ending = await waitQuietly(wait);
      if (ending.by === 'deadline') {
        const { by: _, ...deadline } = ending;
        recorder.record(name, { kind: 'deadline', waitingFor, ...deadline });
      }
      return ending;
    },
  };
}
