import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { WebSocket, WebSocketServer } from 'ws';

/** One upgrade request, and what the server knows. */
export interface Occasion {
  readonly request: IncomingMessage;
  readonly socket: Duplex;
  readonly head: Buffer;
  readonly sockets: WebSocketServer;
  readonly leak: () => string;
  readonly secrets: readonly string[];
}

/** A way to fail while sending secrets. */
export type Misdeed = (occasion: Occasion) => void;

/** RFC 6455 §5.5: the payload of a control frame has at most 125 bytes, two of which are the close code. */
const MOST_REASON_BYTES = 123;
const RESERVED_OPCODE_FRAME = Buffer.from([0x83, 0x01, 0x78]);

const WELCOME = { type: 'connection_established', data: { event: 'connection_established', user_id: 'canary' } };

const refuse =
  (status: number): Misdeed =>
  ({ socket, leak }) => {
    const body = leak();
    const head = [
      `HTTP/1.1 ${status} No`,
      `Location: /login?token=${encodeURIComponent(body.slice(0, 60))}`,
      `Content-Length: ${Buffer.byteLength(body)}`,
    ];
    socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
  };

const accept =
  (act: (client: WebSocket, occasion: Occasion) => void): Misdeed =>
  (occasion) => {
    const { sockets, request, socket, head } = occasion;
    sockets.handleUpgrade(request, socket, head, (client) => {
      client.on('error', () => client.terminate());
      act(client, occasion);
    });
  };

/** Sends nothing that can be parsed. */
function sendUnreadable(client: WebSocket, { leak, secrets }: Occasion): void {
  client.send(`not JSON: ${leak()}`);
  client.send(Buffer.from(secrets.join()));
}

function secretReason({ secrets }: Occasion): string {
  return Buffer.from(secrets[0] ?? '')
    .subarray(0, MOST_REASON_BYTES)
    .toString();
}

/** What the server does with one upgrade after the other. */
export const MISDEEDS: readonly Misdeed[] = [
  accept((client, occasion) => {
    client.send(JSON.stringify({ ...WELCOME, debug: occasion.leak() }));
    sendUnreadable(client, occasion);
    client.ping(secretReason(occasion));
    client.on('message', () => client.send(JSON.stringify({ type: 'error', debug: occasion.leak() })));
  }),
  accept((client, occasion) => {
    client.close(1008, secretReason(occasion));
  }),
  accept((client, { leak }) => {
    client.send(JSON.stringify({ ...WELCOME, token: leak() }));
    client.on('message', () => {
      client.send(
        JSON.stringify({ type: 'agent_error', error: leak(), detail: `{"password": "${leak().slice(0, 40)}` }),
      );
    });
  }),
  accept((_, { socket }) => socket.write(RESERVED_OPCODE_FRAME)),
  accept(sendUnreadable),
  ({ socket }) => socket.destroy(),
  refuse(503),
  refuse(401),
];
