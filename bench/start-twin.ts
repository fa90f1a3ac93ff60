import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { JournalEntry } from '../src/twin/server/journal.ts';
import type { TwinOptions } from '../src/twin/twin.ts';

/** A twin in another process. */
export interface RemoteTwin extends Disposable {
  readonly websocketUrl: string;
  readonly url: string;
  readonly jwtSecret: string;
  /** What it noted so far, on the system's monotonic clock. */
  journal(): Promise<readonly JournalEntry[]>;
}

/** From the root of the repository, because what calls this may have been bundled to another folder. */
const SCRIPT = 'bench/twin-process.ts';

/** As fast as it can: nothing is waited for between two frames. */
export const AT_ONCE = { settleMs: 0, betweenEventsMs: 0 } as const;

/** Starts a twin in a process of its own, so that it does not share the client's event loop. */
export async function startRemoteTwin(options: TwinOptions = {}): Promise<RemoteTwin> {
  const child = fork(SCRIPT, [JSON.stringify({ journal: 'faults', ...options })], {
    execArgv: ['--import', 'tsx'],
    serialization: 'advanced',
  });
  const [address] = await once(child, 'message');
  return {
    ...address,
    async journal() {
      child.send('journal');
      const [{ journal }] = await once(child, 'message');
      return journal;
    },
    [Symbol.dispose]: () => child.disconnect(),
  };
}
