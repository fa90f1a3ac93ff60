import { createServer } from 'node:http';
import { createHttpEdge } from '../http/http-edge.ts';
import type { HttpContext } from '../http/http-exchange.ts';
import { closeServer, listenOnPort, trackSockets } from './listen-on-port.ts';
import type { TwinParts } from './parts.ts';
import { createUpgrade } from '../handshake/upgrade.ts';

const GRACE_MS = 200;

/** A server that listens. */
export interface Serving {
  /** `127.0.0.1:PORT` */
  readonly host: string;
  /** May be called more than once. */
  close(): Promise<void>;
}

/** Serves the HTTP routes and the WebSocket route of one twin. */
export async function serve(
  parts: TwinParts,
  port: number,
  credentials: Pick<HttpContext, 'simulationKey' | 'issueToken'>,
): Promise<Serving> {
  const { profile, pace, epochMs, roster, starts, threads } = parts;
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
    openConnections: roster.size,
    threads,
  };
  server.on('request', createHttpEdge(parts, context));
  server.on('upgrade', createUpgrade(parts));

  let closed: Promise<void> | undefined;
  const shut = (): Promise<void> => {
    const members = roster.all();
    for (const member of members) member.dismiss();
    return closeServer(server, sockets, new Set(members.map(({ tcp }) => tcp)), GRACE_MS);
  };
  return { host, close: () => (closed ??= shut()) };
}
