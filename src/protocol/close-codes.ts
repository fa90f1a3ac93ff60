/** What a close code says about who ended the connection and why (RFC 6455 §7.4, protocol notes §9.2). */
export interface CloseCode {
  readonly name: string;
  /** What this backend means by it. */
  readonly means: string;
  /** Whether a client may come back, with back-off (protocol notes §A.9). */
  readonly retry: boolean;
}

const CLOSE_CODES: Readonly<Record<number, CloseCode>> = {
  1000: { name: 'normal closure', means: 'clean-up; unsolicited, it masks a server exception', retry: false },
  1001: { name: 'going away', means: 'start-up timeout, or a revision being replaced', retry: true },
  1002: { name: 'protocol error', means: 'a frame broke RFC 6455', retry: false },
  1003: { name: 'unsupported data', means: 'no supported subprotocol, or unsupported data', retry: false },
  1005: { name: 'no status', means: 'a close frame without a code', retry: false },
  1006: {
    name: 'abnormal closure',
    means: 'no close frame: crash, proxy cut, or a handler that returned',
    retry: true,
  },
  1007: { name: 'invalid payload', means: 'a text frame that is not UTF-8', retry: false },
  1008: {
    name: 'policy violation',
    means: 'authentication refused, or a limit reached: read the reason',
    retry: false,
  },
  1009: { name: 'message too big', means: 'a message above the transport limit', retry: false },
  1011: { name: 'internal error', means: 'server exception or service not ready', retry: true },
  1012: { name: 'service restart', means: 'the service restarts', retry: true },
  1013: { name: 'try again later', means: 'overload or an open circuit breaker', retry: true },
  4001: { name: 'authentication failed', means: 'the factory route refused the token', retry: false },
  4002: { name: 'authentication system error', means: 'the factory route could not check the token', retry: false },
};

/** The meaning of a close code; unknown codes are described as such and never retried. */
export function closeCode(code: number): CloseCode {
  return CLOSE_CODES[code] ?? { name: 'unregistered', means: 'no meaning in RFC 6455 or this protocol', retry: false };
}
