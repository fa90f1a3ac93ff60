import { once } from 'node:events';
import type { Server } from 'node:http';
import type { Socket } from 'node:net';

const HOST = '127.0.0.1';
/** Connections that may wait to be accepted: a whole fleet at once. */
const BACKLOG = 4096;

/** Starts listening on loopback; port 0 takes a free one. Resolves to the port. */
export async function listenOnPort(server: Server, port: number): Promise<number> {
  server.listen({ port, host: HOST, backlog: BACKLOG });
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') {
    throw new Error(`Twin: expected a TCP address, got ${String(address)}.`);
  }
  return address.port;
}

/** Every TCP connection of a server that is still open, upgraded ones and half-answered ones included. */
export function trackSockets(server: Server): ReadonlySet<Socket> {
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
export async function closeServer(
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
