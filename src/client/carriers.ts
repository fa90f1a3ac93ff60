/** How a token travels in the upgrade request (protocol notes §3.1 and §3.2). */
export type Carrier = 'header' | 'subprotocol' | 'both';

/** The parts of an upgrade request that carry a credential. */
export interface Credentials {
  readonly headers: Readonly<Record<string, string>>;
  readonly subprotocols: readonly string[];
}

/**
 * Puts a token where the carrier says: a bearer header, the subprotocols `jwt-auth` and `jwt.<base64url>`, or both. Without
 * a token nothing is carried.
 */
export function carry(token: string | undefined, carrier: Carrier): Credentials {
  if (token === undefined) return { headers: {}, subprotocols: [] };
  const headers = { Authorization: `Bearer ${token}` };
  const subprotocols = ['jwt-auth', `jwt.${Buffer.from(token).toString('base64url')}`];
  return {
    headers: carrier === 'subprotocol' ? {} : headers,
    subprotocols: carrier === 'header' ? [] : subprotocols,
  };
}
