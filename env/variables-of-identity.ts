import { commaList, oneOf, secretText, text } from './kinds.ts';
import { optional, withDefault } from './row.ts';

/** Where a client puts its token: `Authorization: Bearer`, `Sec-WebSocket-Protocol: jwt.…`, or in both. */
export const AUTH_CARRIERS = ['header', 'subprotocol', 'both'] as const;

/** Who the clients are, and how their tokens are come by. Exactly one of the three secrets is needed for a remote target. */
export const IDENTITY_VARIABLES = {
  JWT_SECRET: optional(secretText(32), {
    about: 'Secret that the deployment verifies its HS256 tokens with: tokens are minted. At least 32 characters.',
    secret: true,
  }),
  E2E_OAUTH_SIMULATION_KEY: optional(secretText(8), {
    about: 'Key that the auth service exchanges for tokens at POST /auth/e2e/test-auth. Needs AUTH_URL.',
    secret: true,
  }),
  ACCESS_TOKEN: optional(commaList(), {
    about: 'Comma list of ready access tokens (JWT), each of another user.',
    secret: true,
  }),
  TEST_USERS: withDefault(text(), '{uuid}', {
    about:
      'Comma list of user ids, or a pattern in which {uuid} becomes a UUID, or {n} four base-36 digits. ' +
      'Ids differ within their first 8 characters, and have a form that the server accepts.',
  }),
  AUTH_CARRIER: withDefault(oneOf(AUTH_CARRIERS), 'both', {
    about: 'Where a client puts its token: header, subprotocol or both.',
  }),
};
