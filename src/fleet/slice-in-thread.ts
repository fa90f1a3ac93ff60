import { Worker } from 'node:worker_threads';
import type { Identities, Identity, IdentityRefused } from '../client/identity.ts';
import { crashed, lostSlice } from './lost-slice.ts';
import type { SliceResult } from './part-result.ts';
import type { FleetPlan } from './plan.ts';
import type { SliceOrders } from './run-slice.ts';
import type { RunningSlice, SliceNeighbours } from './running-slice.ts';
import type { Tally } from './tally.ts';
import { emptyTally } from './tally.ts';
import type { FromThread, ThreadOrders, ToThread } from './thread-messages.ts';

const START = new URL('./start-thread.mjs', import.meta.url);

/** A slice in a worker thread of its own, and the means to end it from outside. */
export interface ThreadSlice extends RunningSlice {
  kill(): void;
}

/** Runs a slice in a worker thread. When the thread dies its members count as not judged. */
export function sliceInThread(
  plan: FleetPlan,
  identities: Pick<Identities, 'next'>,
  orders: Omit<SliceOrders, 'barrier'>,
  neighbours: SliceNeighbours,
): ThreadSlice {
  const workerData: ThreadOrders = { plan, orders };
  const worker = new Worker(START, { workerData, execArgv: [] });
  const tell = (message: ToThread): void => worker.postMessage(message);
  let tally: Tally = emptyTally();
  let arrived = false;
  let because = 'its thread ended without a result';
  const result = new Promise<SliceResult>((resolve) => {
    worker.on('message', (message: FromThread) => {
      if (message.kind === 'result') {
        resolve(message.result);
        void worker.terminate();
      } else if (message.kind === 'tally') tally = message.tally;
      else if (message.kind === 'stopped') neighbours.stopAll(message.because);
      else if (message.kind === 'at-barrier') {
        arrived = true;
        void neighbours.arrive().then(() => tell({ kind: 'release' }));
      } else void take(identities, message.count).then((taken) => tell({ kind: 'identities', identities: taken }));
    });
    worker.on('error', (error) => {
      because = crashed(error);
    });
    worker.on('exit', () => {
      if (!arrived) neighbours.leave();
      resolve(lostSlice(orders.span, because));
    });
  });
  return {
    get tally() {
      return tally;
    },
    result,
    stop: (reason) => tell({ kind: 'stop', because: reason }),
    kill: () => void worker.terminate(),
  };
}

function take(identities: Pick<Identities, 'next'>, count: number): Promise<readonly (Identity | IdentityRefused)[]> {
  return Promise.all(Array.from({ length: count }, () => identities.next()));
}
