import { setTimeout as sleep } from 'node:timers/promises';
import type { HttpContext } from '../http/http-exchange.ts';
import type { TwinParts } from './parts.ts';
import type { Serving } from './serving.ts';
import { serve } from './serving.ts';

/** A server that can go away and come back. */
export interface Restarting extends Serving {
  /** Closes, is away for `awayMs`, and listens at the same port again. */
  restart(awayMs: number): Promise<void>;
}

/** Serves a twin such that it can be restarted: sockets and queued connections are lost, its secrets stay. */
export async function serveAgain(
  parts: TwinParts,
  port: number,
  credentials: Pick<HttpContext, 'simulationKey' | 'issueToken'>,
): Promise<Restarting> {
  let serving = await serve(parts, port, credentials);
  const { host } = serving;
  return {
    host,
    async restart(awayMs) {
      await serving.close();
      await sleep(awayMs);
      serving = await serve(parts, Number(host.split(':')[1]), credentials);
    },
    close: () => serving.close(),
  };
}
