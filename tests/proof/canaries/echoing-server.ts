import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { mintToken } from '../../../src/client/identities/mint.ts';
import type { LoopbackServer } from '../../child-runs/loopback-server.ts';
import { loopbackServer } from '../../child-runs/loopback-server.ts';
import type { Canary } from './canary.ts';
import { spellingsOf } from './canary.ts';
import { MISDEEDS } from './misdeeds.ts';

/** A server that sends every secret it knows or receives, in every spelling, in every place where a server can. */
export interface EchoingServer extends LoopbackServer {
  /** The credentials that clients presented, as they stood in the request. */
  readonly presented: ReadonlySet<string>;
  /** How many answers held secrets. */
  readonly leaks: () => number;
}

const CREDENTIAL_HEADERS = ['authorization', 'sec-websocket-protocol', 'x-e2e-bypass-key', 'cookie'];

export async function echoingServer(canaries: readonly Canary[], jwtSecret: string): Promise<EchoingServer> {
  const presented = new Set<string>();
  const sockets = new WebSocketServer({ noServer: true, handleProtocols: (offered) => [...offered][0] ?? false });
  let leaks = 0;
  let upgrades = 0;
  const remember = ({ headers }: IncomingMessage): void => {
    for (const name of CREDENTIAL_HEADERS) for (const value of [headers[name]].flat()) if (value) presented.add(value);
  };
  /** A text with everything, one secret per line; each secret is split over lines once more. */
  const leak = (): string => {
    leaks += 1;
    const known = canaries.flatMap(({ name, secret }) => [
      ...spellingsOf(secret).map((spelling) => `${name} ${spelling}`),
      `{'${name}': 'x'} ${secret.slice(0, 17)}\n    ${secret.slice(17)}`,
    ]);
    return [...known, ...[...presented].map((value) => `presented ${value}`)].join('\n');
  };
  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    remember(request);
    if (request.url === '/health') return end(response, 200, JSON.stringify({ status: 'healthy', debug: leak() }));
    if (request.url !== '/auth/e2e/test-auth') return end(response, 500, `Traceback:\n${leak()}`);
    void mintToken({ secret: jwtSecret, userId: `canary${leaks}-user`, nowS: Date.now() / 1000 }).then((token) =>
      end(response, leaks % 3 === 0 ? 401 : 200, exchanged(token, leak())),
    );
  };
  const upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    remember(request);
    const misdeed = MISDEEDS[upgrades % MISDEEDS.length];
    upgrades += 1;
    misdeed?.({ request, socket, head, sockets, leak, secrets: canaries.map(({ secret }) => secret) });
  };
  const server = await loopbackServer((http) => http.on('request', answer).on('upgrade', upgrade));
  return {
    ...server,
    presented,
    leaks: () => leaks,
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

function exchanged(token: string, debug: string): string {
  return JSON.stringify({ access_token: token, user: { id: 'e2e-canary00-user', email: 'canary@test' }, debug });
}

function end(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, { 'set-cookie': `session=${encodeURIComponent(body.slice(0, 200))}` }).end(body);
}
