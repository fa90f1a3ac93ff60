/**
 * What the product's own clients rely on and no specification asks for (protocol notes §12, §13). Not every version keeps
 * each of these promises, so a project lists those that were seen to hold on its target.
 */
export const CLIENT_PROMISES = [
  'browser-fields',
  'typed-messages',
  'october-handshake',
  'early-request',
  'token-refresh',
  'stop-agent',
  'session-restore',
  'thread-created',
  'large-request',
] as const;

export type ClientPromise = (typeof CLIENT_PROMISES)[number];

/** The length of a large prompt. A request holds it four times, so it has several hundred kilobytes, as the clients send them. */
export const LARGE_REQUEST_CHARACTERS = 100_000;
