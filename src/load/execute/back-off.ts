import { connectionsOf } from '../../history/connections.ts';
import type { Connection } from '../../history/connections.ts';
import type { History } from '../../history/entry.ts';

const MOST_TRIES = 4;
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 30_000;
const ASK_TO_WAIT = [429, 503];

/**
 * How long to wait before the next try, in milliseconds, when the server asked for it: close code 1013 before a welcome, or
 * HTTP 429 or 503 with `Retry-After` (protocol notes §A.9). `undefined` when it did not ask, or was asked often enough.
 * `tries` counts the tries so far; `spread` from 0 to 1 keeps those who were refused together from returning together.
 */
export function waitBeforeRetry(history: History, tries: number, spread: number): number | undefined {
  const [connection] = connectionsOf(history);
  if (connection === undefined || tries >= MOST_TRIES) return undefined;
  const askedMs = askedToWait(connection, tries);
  return askedMs === undefined ? undefined : Math.min(askedMs, LONGEST_WAIT_MS) * (1 + spread / 2);
}

function askedToWait({ answer, closed, welcome }: Connection, tries: number): number | undefined {
  if (closed?.code === 1013 && closed.by === 'them' && welcome === undefined) return FIRST_WAIT_MS * 2 ** (tries - 1);
  const retryAfter = answer?.headers['retry-after'];
  if (answer === undefined || !ASK_TO_WAIT.includes(answer.status) || retryAfter === undefined) return undefined;
  const seconds = Number(retryAfter);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : FIRST_WAIT_MS * 2 ** (tries - 1);
}
