import type { Buffer } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { WebSocketServer } from 'ws';
import { AnsweringSocket } from '../server/answering-socket.ts';
import type { Decision } from './attempt.ts';

/** The transport's own limit; above it stands 1009 (protocol notes §10). */
const LARGEST_MESSAGE_BYTES = 16 * 1024 * 1024;

/** A decision that opens a socket. */
export type Accepted = Extract<Decision, { readonly kind: 'open' | 'turn-away' }>;

/** Completes one handshake. */
export type Accept = (
  request: IncomingMessage,
  tcp: Socket,
  head: Buffer,
  decision: Accepted,
  opened: (socket: AnsweringSocket) => void,
) => void;

/** Completes handshakes with `ws`; the decision names the subprotocol and extra headers of the 101. */
export function createAcceptance(compression = false): Accept {
  const decisions = new WeakMap<IncomingMessage, Accepted>();
  const server = new WebSocketServer<typeof AnsweringSocket>({
    noServer: true,
    clientTracking: false,
    autoPong: false,
    perMessageDeflate: compression && { threshold: 0 },
    maxPayload: LARGEST_MESSAGE_BYTES,
    WebSocket: AnsweringSocket,
    handleProtocols: (_offered, request) => decisions.get(request)?.subprotocol || false,
  });
  server.on('headers', (lines, request) => {
    const own = { Date: new Date().toUTCString(), ...decisions.get(request)?.headers };
    for (const [name, value] of Object.entries(own)) {
      const at = lines.findIndex((line) => line.toLowerCase().startsWith(`${name.toLowerCase()}:`));
      lines.splice(at === -1 ? lines.length : at, at === -1 ? 0 : 1, `${name}: ${value}`);
    }
  });
  return (request, tcp, head, decision, opened) => {
    decisions.set(request, decision);
    server.handleUpgrade(request, tcp, head, opened);
  };
}
