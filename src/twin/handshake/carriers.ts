import { Buffer } from 'node:buffer';
import type { Headers } from '../../history/entry.ts';

/** Where a client may put its token (protocol notes §3.1). */
export type TokenPlace =
  | { readonly kind: 'bearer' }
  /**
   * `<prefix><base64url of the token>`; with `plain` the token itself is understood as well, with `environments` also
   * `<prefix><environment>.<token>` (protocol notes §13).
   */
  | {
      readonly kind: 'subprotocol';
      readonly prefixes: readonly string[];
      readonly plain: boolean;
      readonly environments?: true;
    }
  | { readonly kind: 'query'; readonly names: readonly string[] };

/** The places of one request. */
export interface TokenPlaces {
  readonly headers: Headers;
  readonly offered: readonly string[];
  readonly query: Readonly<Record<string, string>>;
}

const TOKEN = /^[\w-]+\.[\w-]+\.[\w-]*$/;
const ENVIRONMENT_AND_TOKEN = /^[\w-]+\.([\w-]+\.[\w-]+\.[\w-]*)$/;

/** The token from the first carrier that holds one; it may be malformed. `undefined` when there is none. */
export function tokenIn(places: TokenPlaces, carriers: readonly TokenPlace[]): string | undefined {
  for (const carrier of carriers) {
    const token = tokenAt(carrier, places);
    if (token !== undefined && token !== '') return token;
  }
  return undefined;
}

function tokenAt(carrier: TokenPlace, { headers, offered, query }: TokenPlaces): string | undefined {
  switch (carrier.kind) {
    case 'bearer':
      return /^Bearer\s+(.*)$/i.exec(headers['authorization'] ?? '')?.[1]?.trim();
    case 'subprotocol':
      return tokenOffered(offered, carrier);
    case 'query':
      return carrier.names.map((name) => query[name]).find((value) => value !== undefined);
  }
}

function tokenOffered(
  offered: readonly string[],
  { prefixes, plain, environments }: Extract<TokenPlace, { kind: 'subprotocol' }>,
): string | undefined {
  for (const protocol of offered) {
    const prefix = prefixes.find((candidate) => protocol.startsWith(candidate));
    if (prefix === undefined) continue;
    const value = protocol.slice(prefix.length);
    const behindEnvironment = ENVIRONMENT_AND_TOKEN.exec(value)?.[1];
    if (environments === true && behindEnvironment !== undefined) return behindEnvironment;
    return plain && TOKEN.test(value) ? value : Buffer.from(value, 'base64url').toString('utf8');
  }
  return undefined;
}
