import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** A server on loopback that is gone, with all its sockets, when its scope ends. */
export interface LoopbackServer extends AsyncDisposable {
  readonly port: number;
  readonly server: Server;
}

/** Starts an HTTP server on a free port; `prepare` adds what it does. */
export async function loopbackServer(prepare: (server: Server) => void): Promise<LoopbackServer> {
  const server = createServer();
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  prepare(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    server,
    port: portOf(server),
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

/** A port on which nothing listens. */
export async function deadPort(): Promise<number> {
  await using server = await loopbackServer(() => undefined);
  return server.port;
}

function portOf(server: Server): number {
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === 'string')
    throw new Error(`expected a TCP address, got ${String(address)}`);
  return address.port;
}
