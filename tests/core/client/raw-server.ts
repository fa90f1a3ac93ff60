import { createHash } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo, Server, Socket } from 'node:net';

/** A server of bare sockets on loopback, gone with all of them when its scope ends. */
export async function serving(server: Server): Promise<AsyncDisposable & { readonly host: string }> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address: AddressInfo | string | null = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return {
    host: `127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Does something with each request, which is complete when its headers are. */
export const onRequest =
  (answer: (socket: Socket, request: string) => void) =>
  (socket: Socket): void =>
    void socket.on('error', () => undefined).once('data', (data) => answer(socket, data.toString('latin1')));

function acceptFor(request: string): string {
  const key = /^sec-websocket-key: *(\S+)/im.exec(request)?.[1] ?? '';
  return createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');
}

/** A 101 with lines of our own; `ACCEPT` stands for the value that answers the key. */
export const switches = (lines: readonly string[], then: Buffer | string = '') =>
  onRequest((socket, request) => {
    const head = ['HTTP/1.1 101 Switching Protocols', ...lines, '', ''].join('\r\n');
    socket.write(Buffer.concat([Buffer.from(head.replace('ACCEPT', acceptFor(request))), Buffer.from(then)]));
  });

/** The header lines of every 101. */
export const UPGRADE = ['Upgrade: websocket', 'Connection: Upgrade'];
/** The line that answers the key of the request. */
export const ACCEPT = 'Sec-WebSocket-Accept: ACCEPT';
