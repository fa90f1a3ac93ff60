import { Worker } from 'node:worker_threads';
import type { Identities, Identity, IdentityRefused } from '../../client/identities/identity.ts';
import type { ShareResult } from '../observe/fleet-result.ts';
import type { FleetPlan } from './plan.ts';
import type { Progress } from './progress.ts';
import { noProgress } from './progress.ts';
import type { WorkerShare } from './run-share.ts';
import type { RunningShare, ShareNeighbours } from './running-share.ts';
import { crashed, lostShare } from './running-share.ts';

/**
 * What a thread is started with. It gets tokens one by one, never the secret that they are made with; of the configured
 * secrets it gets the spellings, because its recorder must redact them before anything is kept.
 */
export interface ThreadStart {
  readonly plan: FleetPlan;
  readonly share: WorkerShare;
}

/** What the parent sends to a thread. */
export type ToThread =
  | { readonly kind: 'identities'; readonly identities: readonly (Identity | IdentityRefused)[] }
  | { readonly kind: 'release' }
  | { readonly kind: 'stop'; readonly because: string };

/** What a thread sends to its parent. */
export type FromThread =
  | { readonly kind: 'identities-wanted'; readonly count: number }
  | { readonly kind: 'progress'; readonly progress: Progress }
  | { readonly kind: 'at-barrier' }
  | { readonly kind: 'stopped'; readonly because: string }
  | { readonly kind: 'result'; readonly result: ShareResult };

const START = new URL('./start-thread.mjs', import.meta.url);

/** A share in a worker thread of its own, and the means to end it from outside. */
export interface ThreadShare extends RunningShare {
  kill(): void;
}

/** Runs a share in a worker thread. When the thread ends early, its virtual users count as not judged. */
export function shareInThread(
  plan: FleetPlan,
  identities: Pick<Identities, 'next'>,
  share: WorkerShare,
  neighbours: ShareNeighbours,
): ThreadShare {
  const workerData: ThreadStart = { plan, share };
  const worker = new Worker(START, { workerData, execArgv: [] });
  const send = (message: ToThread): void => worker.postMessage(message);
  let progress: Progress = noProgress();
  let arrived = false;
  let because = 'its thread ended without a result';
  const result = new Promise<ShareResult>((resolve) => {
    worker.on('message', (message: FromThread) => {
      if (message.kind === 'result') {
        resolve(message.result);
        void worker.terminate();
      } else if (message.kind === 'progress') progress = message.progress;
      else if (message.kind === 'stopped') neighbours.stopAll(message.because);
      else if (message.kind === 'at-barrier') {
        arrived = true;
        void neighbours.arrive().then(() => send({ kind: 'release' }));
      } else void take(identities, message.count).then((taken) => send({ kind: 'identities', identities: taken }));
    });
    worker.on('error', (error) => {
      because = crashed(error);
    });
    worker.on('exit', () => {
      if (!arrived) neighbours.leave();
      resolve(lostShare(share.range, because));
    });
  });
  return {
    get progress() {
      return progress;
    },
    result,
    stop: (reason) => send({ kind: 'stop', because: reason }),
    kill: () => void worker.terminate(),
  };
}

function take(identities: Pick<Identities, 'next'>, count: number): Promise<readonly (Identity | IdentityRefused)[]> {
  return Promise.all(Array.from({ length: count }, () => identities.next()));
}
