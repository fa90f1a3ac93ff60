import type { Values } from './variables.ts';

/** How tokens are come by. `twin`: minted with the twin's own random secret. */
export type TokenSource =
  | { readonly kind: 'mint'; readonly secret: string }
  | { readonly kind: 'exchange'; readonly simulationKey: string }
  | { readonly kind: 'given'; readonly tokens: readonly string[] }
  | { readonly kind: 'twin' };

/**
 * The way the variables ask for. On the twin only the exchange can be asked for, so that it can be rehearsed; a secret or a
 * token of the remote deployment would mean nothing there.
 */
export function tokenSourceOf(values: Values): TokenSource {
  const { E2E_OAUTH_SIMULATION_KEY: simulationKey, JWT_SECRET: secret, ACCESS_TOKEN: tokens } = values;
  if (simulationKey !== undefined) return { kind: 'exchange', simulationKey };
  if (values.BACKEND_URL === 'twin') return { kind: 'twin' };
  if (secret !== undefined) return { kind: 'mint', secret };
  if (tokens !== undefined) return { kind: 'given', tokens };
  throw new TypeError('Token source: expected ruleOfTokens to have refused a remote target without a token.');
}
