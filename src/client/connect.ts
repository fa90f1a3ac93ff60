import { randomUUID } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import type WebSocket from 'ws';
import type { Budgets } from '../history/budgets.ts';
import type { Recorder } from '../history/recorder.ts';
import type { AgentClient } from './agent-client.ts';
import { agentClient } from './agent-client.ts';
import { openSocket } from './open-socket.ts';

/** How a token travels in the upgrade request (protocol notes §3.1 and §3.2). */
export type Carrier = 'header' | 'subprotocol' | 'both';

/** The parts of an upgrade request that carry a credential. */
interface Credentials {
  readonly headers: Readonly<Record<string, string>>;
  readonly subprotocols: readonly string[];
}

/**
 * Puts a token where the carrier says: a bearer header, the subprotocols `jwt-auth` and `jwt.<base64url>`, or both. Without
 * a token nothing is carried.
 */
export function carry(token: string | undefined, carrier: Carrier): Credentials {
  if (token === undefined) return { headers: {}, subprotocols: [] };
  const headers = { Authorization: `Bearer ${token}` };
  const subprotocols = ['jwt-auth', `jwt.${Buffer.from(token).toString('base64url')}`];
  return {
    headers: carrier === 'subprotocol' ? {} : headers,
    subprotocols: carrier === 'header' ? [] : subprotocols,
  };
}

/** How one client connects. */
export interface ConnectOptions {
  readonly recorder: Recorder;
  /** Name of the connection in the history; unique within it. */
  readonly name: string;
  readonly url: string;
  readonly user: string;
  readonly token: string | undefined;
  /** `valid`, or the kind of bad credential. */
  readonly credential: string;
  readonly carrier: Carrier;
  /** Headers beside those that carry the token. */
  readonly headers: Readonly<Record<string, string>>;
  readonly compression?: boolean;
  readonly budgets: Budgets;
  /** What an agent is asked as soon as the socket is open, before anything of the server is read. */
  readonly promptAtOpen?: string | undefined;
}

/** The monotonic clock of every history, in milliseconds. */
export const monotonicMs = (): number => performance.now();

/** Opens one client. Resolves once the upgrade is decided; a refusal is in the history, never thrown. */
export async function connect(options: ConnectOptions): Promise<AgentClient> {
  const { recorder, name, url, user, credential, budgets, promptAtOpen, compression = false } = options;
  const carried = carry(options.token, options.carrier);
  const from = recorder.history.length;
  const clocks = { clock: monotonicMs, now: Date.now, createId: randomUUID };
  const clientOn = (socket: WebSocket): AgentClient =>
    agentClient({ socket, recorder, name, user, budgets, from, ...clocks });
  const socket = await openSocket({
    recorder,
    connection: name,
    url,
    headers: { ...options.headers, ...carried.headers },
    subprotocols: carried.subprotocols,
    user,
    credential,
    compression,
    connectDeadlineMs: budgets.connectDeadlineMs,
    limits: budgets,
    atOpen: (opened) => promptAtOpen === undefined || clientOn(opened).ask(promptAtOpen),
  });
  return clientOn(socket);
}
