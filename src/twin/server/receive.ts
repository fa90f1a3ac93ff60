import type { ConnectionContext, RunRequest } from './context.ts';
import type { FaultEngine } from './fault-engine.ts';
import { cutOff } from './plan.ts';
import type { Plan } from './plan.ts';
import type { NameRun } from '../messages/requests.ts';
import { isFailed, understand } from '../messages/requests.ts';
import type { Handle } from './receive-loop.ts';
import { randomDigits, randomHex } from './seeded-random.ts';
import type { Threads } from './threads.ts';

/** Starts a plan; `run` is the request that it answers, when that is a request to an agent. Calls `done` when it is over. */
export type StartPlan = (plan: Plan, run?: RunRequest, done?: () => void) => void;

/** What the receive loop of one connection works with. */
export interface ReceiveParts {
  readonly context: ConnectionContext;
  readonly engine: FaultEngine;
  readonly threads: Threads;
  readonly start: StartPlan;
}

/** Turns each data message of a client into the plan that answers it. */
export function createReceive({ context, engine, threads, start }: ReceiveParts): Handle {
  const { profile } = context;
  const nameRun = runNames(context, threads);
  let failedInARow = 0;
  return (data, isBinary, done) => {
    const request = understand(data, isBinary, profile.maxMessageBytes, nameRun);
    failedInARow = isFailed(request) ? failedInARow + 1 : 0;
    if (request.kind !== 'run') {
      const healthy = failedInARow === profile.failuresInARow ? [cutOff()] : profile.reply(request, context);
      start(engine.reply(healthy, request, context));
      return done();
    }
    const plan = engine.run(profile.run(request, context), request, context);
    if (profile.awaitsRuns === true) return start(plan, request, done);
    start(plan, request);
    return done();
  };
}

/**
 * Names runs: by a thread that the user was told of, or made; else, where the server keeps threads of its own, by a new one,
 * whatever the client asked for (observed).
 */
function runNames({ profile, userId, random }: ConnectionContext, threads: Threads): NameRun {
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
