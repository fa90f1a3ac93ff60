/** What a close code says about who ended the connection and why (RFC 6455 §7.4, protocol notes §9.2). */
export interface CloseCode {
  readonly name: string;
  /** What this backend means by it. */
  readonly means: string;
}

const CLOSE_CODES: Readonly<Record<number, CloseCode>> = {
  1000: { name: 'normal closure', means: 'clean-up; unsolicited, it masks a server exception' },
  1001: { name: 'going away', means: 'start-up timeout, or a revision being replaced' },
  1002: { name: 'protocol error', means: 'a frame broke RFC 6455' },
  1003: { name: 'unsupported data', means: 'no supported subprotocol, or unsupported data' },
  1005: { name: 'no status', means: 'a close frame without a code' },
  1006: {
    name: 'abnormal closure',
    means: 'no close frame: crash, proxy cut, or a handler that returned',
  },
  1007: { name: 'invalid payload', means: 'a text frame that is not UTF-8' },
  1008: {
    name: 'policy violation',
    means: 'authentication refused, or a limit reached: read the reason',
  },
  1009: { name: 'message too big', means: 'a message above the transport limit' },
  1011: { name: 'internal error', means: 'server exception or service not ready' },
  1012: { name: 'service restart', means: 'the service restarts' },
  1013: { name: 'try again later', means: 'overload or an open circuit breaker' },
  3000: { name: 'unauthorized', means: 'the token is missing or refused (registered with IANA)' },
  3003: { name: 'forbidden', means: 'the token is not allowed to do this (registered with IANA)' },
  4001: { name: 'authentication failed', means: 'the factory route refused the token' },
  4002: { name: 'authentication system error', means: 'the factory route could not check the token' },
  4401: { name: 'unauthorized', means: 'HTTP 401 as a close code' },
  4403: { name: 'forbidden', means: 'HTTP 403 as a close code' },
  4429: { name: 'too many requests', means: 'HTTP 429 as a close code' },
};

/** Codes that refuse a token by themselves; any other code does so when its reason says it (protocol notes §9.2). */
export const REFUSING_CODES: readonly number[] = [1008, 3000, 3003, 4001, 4002, 4401, 4403];

/** Codes that name a limit by themselves. */
export const LIMIT_CODES: readonly number[] = [4429];

/** The meaning of a close code; unknown codes are described as such. */
export function closeCode(code: number): CloseCode {
  return CLOSE_CODES[code] ?? { name: 'unregistered', means: 'no meaning in RFC 6455 or this protocol' };
}
