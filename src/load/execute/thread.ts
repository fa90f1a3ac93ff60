import { parentPort, workerData } from 'node:worker_threads';
import type { Identity, IdentityRefused } from '../../client/identities/identity.ts';
import { createBarrier } from './ramp.ts';
import { shareHere } from './running-share.ts';
import type { FromThread, ThreadOrders, ToThread } from './share-in-thread.ts';

const IDENTITIES_AT_ONCE = 50;
const TALLY_EVERY_MS = 250;

/** Runs one slice of a fleet in a worker thread; the parent is `slice-in-thread.ts`. */
async function runInThread({ plan, orders }: ThreadOrders): Promise<void> {
  const ready: (Identity | IdentityRefused)[] = [];
  const waiting: ((identity: Identity | IdentityRefused) => void)[] = [];
  const release = createBarrier(2);
  let wanted = 0;
  let taken = 0;

  const askForMore = (): void => {
    const count = Math.min(IDENTITIES_AT_ONCE, orders.span.count - wanted);
    if (count <= 0) return;
    wanted += count;
    tell({ kind: 'identities-wanted', count });
  };
  const next = (): Promise<Identity | IdentityRefused> => {
    taken += 1;
    if (wanted < taken + IDENTITIES_AT_ONCE / 2) askForMore();
    const identity = ready.shift();
    return identity === undefined ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve(identity);
  };

  const slice = shareHere(plan, { next }, orders, {
    arrive() {
      tell({ kind: 'at-barrier' });
      return release.arrive();
    },
    leave: () => undefined,
    stopAll: (because) => tell({ kind: 'stopped', because }),
  });
  parentPort?.on('message', (message: ToThread) => {
    if (message.kind === 'release') release.leave();
    else if (message.kind === 'stop') slice.stop(message.because);
    else for (const identity of message.identities) (waiting.shift() ?? ((kept) => void ready.push(kept)))(identity);
  });
  const telling = setInterval(() => tell({ kind: 'tally', tally: { ...slice.tally } }), TALLY_EVERY_MS);
  const result = await slice.result;
  clearInterval(telling);
  tell({ kind: 'tally', tally: { ...slice.tally } });
  tell({ kind: 'result', result });
  parentPort?.close();
}

function tell(message: FromThread): void {
  parentPort?.postMessage(message);
}

const given: ThreadOrders = workerData;
await runInThread(given);
