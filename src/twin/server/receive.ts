import type { Buffer } from 'node:buffer';
import type { ConnectionContext, RunRequest } from './context.ts';
import type { FaultEngine } from './fault-engine.ts';
import type { Plan } from './plan.ts';
import { understand } from '../messages/requests.ts';
import { randomText } from './seeded-random.ts';

/** Starts a plan; `run` is the request that it answers, when that is a request to an agent. */
export type StartPlan = (plan: Plan, run?: RunRequest) => void;

/** Turns each data message of a client into the plan that answers it. */
export function createReceive(
  context: ConnectionContext,
  engine: FaultEngine,
  start: StartPlan,
): (data: Buffer, isBinary: boolean) => void {
  const { profile } = context;
  const newThread = (): string => `thread_${randomText(context.random, 12)}`;
  let runs = 0;
  return (data, isBinary) => {
    const request = understand(data, isBinary, profile.maxMessageBytes, { number: runs + 1, newThread });
    if (request.kind !== 'run') {
      start(engine.reply(profile.reply(request, context), request, context));
      return;
    }
    runs = request.number;
    start(engine.run(profile.run(request, context), request, context), request);
  };
}
