import type { Budgets } from '../history/budgets.ts';
import { handshake } from '../checks/handshake.ts';
import type { AgentClient } from '../client/agent-client.ts';
import type { Carrier } from '../client/connect.ts';
import { connect } from '../client/connect.ts';
import type { Identities, Identity } from '../client/identities/identity.ts';
import type { Recorder } from '../history/recorder.ts';
import { E2E_ENVIRONMENT, e2eHeaders } from '../protocol/e2e-headers.ts';
import { createHttpClient } from './http-client.ts';
import type { Judgements } from './judgements.ts';
import type { Target } from './target.ts';

/** How one more client connects. */
export interface ConnectRequest {
  /** Default: a new test user. */
  readonly identity?: Identity;
  /** A bad credential to present in place of the token: its name, and the token, if there is one at all. */
  readonly bad?: { readonly credential: string; readonly token: string | undefined };
  /** How the token travels. Default: as the session says. */
  readonly carrier?: Carrier;
  /** Default: true. */
  readonly withE2eHeaders?: boolean;
  /** Whether the client offers permessage-deflate (RFC 7692). Default: as the settings say. */
  readonly compression?: boolean;
  /** What an agent is asked as soon as the socket is open, before the welcome. Default: nothing. */
  readonly promptAtOpen?: string;
}

/** Opens one more client. A refusal by the server is in the history, never thrown. */
export type Connect = (request?: ConnectRequest) => Promise<AgentClient>;

/** What connecting needs. */
export interface ConnectorOptions {
  readonly target: Target;
  readonly recorder: Recorder;
  readonly judgements: Judgements;
  readonly identities: Identities;
  readonly budgets: Budgets;
  readonly carrier: Carrier;
  /** Whether clients offer permessage-deflate (RFC 7692). */
  readonly compression: boolean;
  /** Value of `X-Test-Session`. */
  readonly session: string;
}

/** How one connection with a valid credential was tried. */
export interface TriedConnection {
  readonly name: string;
  readonly identity: Pick<Identity, 'userId' | 'token'>;
  readonly carrier: Carrier;
  /** Headers beside those that carry the token. */
  readonly headers: Readonly<Record<string, string>>;
}

/** Opens clients into one history, and closes at the end those that are still open. */
export interface Connector {
  readonly connect: Connect;
  /** A new test user. Throws, with the failure text of the handshake check, when no token can be had. */
  readonly nextIdentity: () => Promise<Identity>;
  /** The same user with a fresh token. Throws like {@link Connector.nextIdentity}. */
  readonly renewIdentity: (identity: Identity) => Promise<Identity>;
  /** The connections that presented a valid credential, in order. */
  readonly attempts: readonly TriedConnection[];
  /** Closes the clients that are still open, and waits for the end of all of them. */
  closeAll(): Promise<void>;
}

/** A connector of clients named `c1`, `c2`, … in the order in which they are opened. */
export function createConnector(options: ConnectorOptions): Connector {
  const { target, recorder, budgets, session } = options;
  const clients: AgentClient[] = [];
  const attempts: TriedConnection[] = [];
  const http = createHttpClient(target, recorder, budgets);
  let opened = 0;
  const nextIdentity = () => identityFrom(options, options.identities.next());
  return {
    nextIdentity,
    renewIdentity: (identity) => identityFrom(options, options.identities.renew(identity)),
    attempts,
    async connect({
      identity,
      bad,
      carrier = options.carrier,
      withE2eHeaders = true,
      compression = options.compression,
      promptAtOpen,
    } = {}) {
      const { userId, token } = identity ?? (await nextIdentity());
      opened += 1;
      const name = `c${opened}`;
      const headers = withE2eHeaders ? e2eHeaders({ environment: E2E_ENVIRONMENT, session, userId }) : {};
      if (bad === undefined) attempts.push({ name, identity: { userId, token }, carrier, headers });
      const client = await connect({
        recorder,
        name,
        url: target.websocketUrl,
        user: userId,
        token: bad === undefined ? token : bad.token,
        credential: bad?.credential ?? 'valid',
        carrier,
        headers,
        compression,
        budgets,
        promptAtOpen,
      });
      clients.push(client);
      if (bad === undefined && isForbidden(recorder, client.name)) await http.rest('valid', token);
      return client;
    },
    async closeAll() {
      await Promise.all(clients.map((client) => client.close()));
    },
  };
}

/**
 * Whether the upgrade was answered with 401 or 403. Only the answer of an HTTP route to the same token distinguishes a bad
 * token from a forbidden upgrade (failure notes FM-06, FM-07).
 */
function isForbidden({ history }: Recorder, connection: string): boolean {
  return history.some(
    (entry) =>
      entry.connection === connection &&
      entry.kind === 'handshake-answer' &&
      (entry.status === 401 || entry.status === 403),
  );
}

async function identityFrom(
  { recorder, judgements, target }: ConnectorOptions,
  given: ReturnType<Identities['next']>,
): Promise<Identity> {
  const identity = await given;
  if ('token' in identity) return identity;
  const request = { url: target.websocketUrl, headers: {}, offered: [], user: '', credential: 'valid' };
  recorder.record('c0', { kind: 'handshake-request', ...request });
  recorder.record('c0', { kind: 'refused', code: 'token-unavailable', because: identity.because });
  throw new Error(judgements.explain([judgements.judge(handshake({ of: ['c0'] }))]));
}
