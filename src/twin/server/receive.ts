import type { ConnectionContext, OtherRequest, RunRequest } from '../behaviour/context.ts';
import { randomDigits, randomHex } from '../behaviour/seeded-random.ts';
import type { Threads } from '../behaviour/threads.ts';
import type { NameRun } from '../messages/requests.ts';
import { isFailed, understand } from '../messages/requests.ts';
import type { Handle } from './receive-loop.ts';

/** Answers what a client sends. */
export interface RequestHandlers {
  /** Calls `ended` when the run is over. */
  readonly run: (request: RunRequest, ended: () => void) => void;
  readonly other: (request: OtherRequest) => void;
  /** Answers the failed message after which the server gives up. */
  readonly tooManyFailures: (request: OtherRequest) => void;
}

/** Reads each data message of a client and passes it on as a request. */
export function createReceive(context: ConnectionContext, threads: Threads, handlers: RequestHandlers): Handle {
  const { profile } = context;
  const nameRun = runNames(context, threads);
  let failedInARow = 0;
  return ({ data, isBinary, isEarly }, done) => {
    const request = understand(data, isBinary, profile, (asked) => ({ ...nameRun(asked), isEarly }));
    failedInARow = isFailed(request) ? failedInARow + 1 : 0;
    if (request.kind === 'run') {
      const isAwaited = profile.awaitsRuns === true;
      handlers.run(request, isAwaited ? done : () => undefined);
      return isAwaited ? undefined : done();
    }
    if (failedInARow === profile.failuresInARow) handlers.tooManyFailures(request);
    else handlers.other(request);
    return done();
  };
}

/**
 * Names runs: by a thread that the user was told of, or made; else, where the server keeps threads of its own, by a new one,
 * whatever the client asked for (observed).
 */
function runNames(
  { profile, userId, random }: ConnectionContext,
  threads: Threads,
): (asked: string | undefined) => Omit<ReturnType<NameRun>, 'isEarly'> {
  let runs = 0;
  return (asked) => {
    runs += 1;
    const isKnown = asked !== undefined && (profile.ownThreads !== true || threads.knows(userId, asked));
    const thread = isKnown ? asked : `thread_session_${randomDigits(random, 5)}_${randomHex(random, 8)}`;
    threads.add(userId, thread);
    const runId = `run_${thread}_${randomDigits(random, 5)}_${randomHex(random, 8)}`;
    return { number: runs, thread, isNewThread: !isKnown, runId };
  };
}
