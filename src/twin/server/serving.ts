import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { HttpContext } from '../http/http-exchange.ts';
import { createHttpEdge } from './http-edge.ts';
import type { CountedStarts, TwinParts } from './parts.ts';
import { createUpgrade } from './upgrade.ts';

/** Counts the starts of one twin on its monotonic clock, in milliseconds. */
export function createStarts(clock: () => number): CountedStarts {
  let count = 0;
  let beganMs = clock();
  return {
    count: () => count,
    uptimeMs: () => clock() - beganMs,
    begin() {
      count += 1;
      beganMs = clock();
    },
  };
}

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

const GRACE_MS = 200;

/** A server that listens. */
interface Serving {
  /** `127.0.0.1:PORT` */
  readonly host: string;
  /** May be called more than once. */
  close(): Promise<void>;
}

/** Serves the HTTP routes and the WebSocket route of one twin. */
async function serve(
  parts: TwinParts,
  port: number,
  credentials: Pick<HttpContext, 'simulationKey' | 'issueToken'>,
): Promise<Serving> {
  const { profile, pace, epochMs, connections, starts, threads } = parts;
  const server = createServer();
  const sockets = trackSockets(server);
  const host = `127.0.0.1:${await listenOnPort(server, port)}`;
  starts.begin();
  const context: HttpContext = {
    ...credentials,
    pace,
    profileName: profile.name,
    host,
    epochMs,
    uptimeMs: starts.uptimeMs,
    openConnections: connections.size,
    threads,
  };
  server.on('request', createHttpEdge(parts, context));
  server.on('upgrade', createUpgrade(parts));

  let closed: Promise<void> | undefined;
  const shut = (): Promise<void> => {
    const open = connections.all();
    for (const connection of open) connection.goAway();
    return closeServer(server, sockets, new Set(open.map(({ tcp }) => tcp)), GRACE_MS);
  };
  return { host, close: () => (closed ??= shut()) };
}

const HOST = '127.0.0.1';
/** Connections that may wait to be accepted: a whole fleet at once. */
const BACKLOG = 4096;

/** Starts listening on loopback; port 0 takes a free one. Resolves to the port. */
async function listenOnPort(server: Server, port: number): Promise<number> {
  server.listen({ port, host: HOST, backlog: BACKLOG });
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') {
    throw new Error(`Twin: expected a TCP address, got ${String(address)}.`);
  }
  return address.port;
}

/** Every TCP connection of a server that is still open, upgraded ones and half-answered ones included. */
function trackSockets(server: Server): ReadonlySet<Socket> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  return sockets;
}

/**
 * Stops listening, gives the `leaving` sockets `graceMs` to end by themselves, destroys every other at once, and resolves
 * when all is free.
 */
async function closeServer(
  server: Server,
  sockets: ReadonlySet<Socket>,
  leaving: ReadonlySet<Socket>,
  graceMs: number,
): Promise<void> {
  const all = [once(server, 'close'), ...[...sockets].map(closed)];
  server.close();
  for (const socket of sockets) if (!leaving.has(socket)) socket.destroy();
  const timer = setTimeout(() => {
    for (const socket of leaving) socket.destroy();
  }, graceMs);
  await Promise.all(all);
  clearTimeout(timer);
}

function closed(socket: Socket): Promise<void> {
  return new Promise((resolve) => socket.once('close', () => resolve()));
}
