import { parentPort, workerData } from 'node:worker_threads';
import type { Identity, IdentityRefused } from '../../client/identities/identity.ts';
import { createBarrier } from './ramp.ts';
import { shareHere } from './running-share.ts';
import type { FromThread, ThreadStart, ToThread } from './share-in-thread.ts';

const IDENTITIES_AT_ONCE = 50;
const PROGRESS_EVERY_MS = 250;

/** Runs one share of a fleet in a worker thread; the parent is `share-in-thread.ts`. */
async function runInThread({ plan, share }: ThreadStart): Promise<void> {
  const ready: (Identity | IdentityRefused)[] = [];
  const waiting: ((identity: Identity | IdentityRefused) => void)[] = [];
  const release = createBarrier(2);
  let wanted = 0;
  let taken = 0;

  const askForMore = (): void => {
    const count = Math.min(IDENTITIES_AT_ONCE, share.range.count - wanted);
    if (count <= 0) return;
    wanted += count;
    send({ kind: 'identities-wanted', count });
  };
  const next = (): Promise<Identity | IdentityRefused> => {
    taken += 1;
    if (wanted < taken + IDENTITIES_AT_ONCE / 2) askForMore();
    const identity = ready.shift();
    return identity === undefined ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve(identity);
  };

  const running = shareHere(plan, { next }, share, {
    arrive() {
      send({ kind: 'at-barrier' });
      return release.arrive();
    },
    leave: () => undefined,
    stopAll: (because) => send({ kind: 'stopped', because }),
  });
  parentPort?.on('message', (message: ToThread) => {
    if (message.kind === 'release') release.leave();
    else if (message.kind === 'stop') running.stop(message.because);
    else for (const identity of message.identities) (waiting.shift() ?? ((kept) => void ready.push(kept)))(identity);
  });
  const sendProgress = (): void => send({ kind: 'progress', progress: { ...running.progress } });
  const reporting = setInterval(sendProgress, PROGRESS_EVERY_MS);
  const result = await running.result;
  clearInterval(reporting);
  sendProgress();
  send({ kind: 'result', result });
  parentPort?.close();
}

function send(message: FromThread): void {
  parentPort?.postMessage(message);
}

const given: ThreadStart = workerData;
await runInThread(given);
