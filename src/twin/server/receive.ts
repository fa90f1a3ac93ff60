import type { Buffer } from 'node:buffer';
import { randomText } from '../behaviour/seeded-random.ts';
import type { ConnectionContext, OtherRequest, RunRequest } from '../behaviour/context.ts';
import { understand } from '../messages/requests.ts';

/** Takes one data message. */
export type Receive = (data: Buffer, isBinary: boolean) => void;

/** Answers what a client sends. */
export interface RequestHandlers {
  readonly run: (request: RunRequest) => void;
  readonly other: (request: OtherRequest) => void;
}

/** Reads each data message of a client and passes it on as a request. */
export function createReceive({ profile, random }: ConnectionContext, handlers: RequestHandlers): Receive {
  const newThread = (): string => `thread_${randomText(random, 12)}`;
  let runs = 0;
  return (data, isBinary) => {
    const request = understand(data, isBinary, profile.maxMessageBytes, { number: runs + 1, newThread });
    if (request.kind !== 'run') return handlers.other(request);
    runs = request.number;
    handlers.run(request);
  };
}

/** Keeps data messages until `begin` is called: the server reads nothing before its welcome is out (protocol notes §5.1). */
export function afterOpening(receive: Receive): { readonly receive: Receive; readonly begin: () => void } {
  const early: (() => void)[] = [];
  let begun = false;
  return {
    receive(data, isBinary) {
      if (begun) receive(data, isBinary);
      else early.push(() => receive(data, isBinary));
    },
    begin() {
      begun = true;
      for (const message of early.splice(0)) message();
    },
  };
}
