import { randomUUID } from 'node:crypto';
import { isJsonObject } from '../../../protocol/fields.ts';
import type { JsonObject } from '../../../protocol/fields.ts';
import type { HttpAnswer, HttpRoute } from '../../http/http-exchange.ts';
import type { FlawedCredential } from '../../behaviour/attempt.ts';
import { TOKEN_LIFETIME_S } from '../../handshake/issue-token.ts';

const PERMISSIONS = ['read', 'write', 'execute', 'basic_chat', 'agent_access', 'e2e_test'];

/** A route behind a token, so that one token can be judged over HTTP and over WebSocket. */
export const threads: HttpRoute = ({ credential }, context) => {
  if (!credential.valid) return refusedOverHttp(credential);
  const ids = context.threads.ofUser(credential.userId);
  return {
    status: 200,
    body: { threads: ids.map((id) => ({ id })), total: ids.length, user_id: credential.userId },
  };
};

/** Makes a thread, which runs of its user may name (observed). */
export const createThread: HttpRoute = ({ credential }, context) => {
  if (!credential.valid) return refusedOverHttp(credential);
  const id = `thread_${randomUUID().replaceAll('-', '').slice(0, 16)}`;
  context.threads.add(credential.userId, id);
  return { status: 200, body: { id } };
};

function refusedOverHttp(credential: FlawedCredential): HttpAnswer {
  return credential.flaw === 'no-token'
    ? { status: 403, body: { detail: 'Not authenticated' } }
    : { status: 401, body: { detail: 'Invalid or expired token' } };
}

/** Gives a token to a client that sends the E2E bypass key (protocol notes §3.5). */
export const exchangeToken: HttpRoute = async ({ headers, body }, context) => {
  const key = headers['x-e2e-bypass-key'];
  if (key === undefined) return rejected(401, 'E2E bypass key required');
  if (key !== context.simulationKey) return rejected(401, 'Invalid E2E bypass key');
  const wish = wishIn(body);
  if (wish === undefined) return rejected(422, 'The body must be a JSON object');
  const email = textOr(wish['email'], 'e2e-test@staging.netrasystems.ai');
  const permissions = Array.isArray(wish['permissions']) ? wish['permissions'].map(String) : PERMISSIONS;
  const user = { id: `e2e-${email.split('@')[0] ?? ''}`, email, permissions };
  return {
    status: 200,
    body: {
      access_token: await context.issueToken(user),
      refresh_token: await context.issueToken(user),
      token_type: 'Bearer',
      expires_in: TOKEN_LIFETIME_S,
      user: { ...user, name: textOr(wish['name'], 'E2E Test User'), oauth_simulated: wish['simulate_oauth'] ?? true },
    },
  };
};

function rejected(status: number, detail: string): HttpAnswer {
  return { status, body: { detail } };
}

function wishIn(body: string): JsonObject | undefined {
  if (body === '') return {};
  try {
    const value: unknown = JSON.parse(body);
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function textOr(value: unknown, otherwise: string): string {
  return typeof value === 'string' && value !== '' ? value : otherwise;
}
