import { Worker } from 'node:worker_threads';
import type { Identities, Identity, IdentityRefused } from '../client/identity.ts';
import type { SliceResult } from './part-result.ts';
import type { FleetPlan } from './plan.ts';
import type { SliceOrders } from './run-slice.ts';
import type { RunningSlice, SliceNeighbours } from './running-slice.ts';
import { nameOfSpan } from './span.ts';
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
      if (message.kind === 'result') resolve(message.result);
      else if (message.kind === 'tally') tally = message.tally;
      else if (message.kind === 'stopped') neighbours.stopAll(message.because);
      else if (message.kind === 'at-barrier') {
        arrived = true;
        void neighbours.arrive().then(() => tell({ kind: 'release' }));
      } else void take(identities, message.count).then((taken) => tell({ kind: 'identities', identities: taken }));
    });
    worker.on('error', (error) => {
      because = `its thread crashed: ${error instanceof Error ? error.message : String(error)}`;
    });
    worker.on('exit', () => {
      if (!arrived) neighbours.leave();
      resolve(lost(orders, because));
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

function lost({ span }: Omit<SliceOrders, 'barrier'>, because: string): SliceResult {
  const unjudged = [{ span, because: `${nameOfSpan(span)}: ${because}` }];
  return { span, members: [], phases: {}, lag: {}, lagWindows: [], kept: [], unjudged, stopped: undefined };
}
