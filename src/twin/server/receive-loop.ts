import type { Buffer } from 'node:buffer';

/** One data message of a client. */
export interface ReceivedMessage {
  readonly data: Buffer;
  readonly isBinary: boolean;
  /** Whether it came before the server began to read. */
  readonly isEarly: boolean;
}

/** Answers one data message, and calls `done` when the server reads the next one. */
export type Handle = (message: ReceivedMessage, done: () => void) => void;

/** Reads data messages one after the other. */
export interface ReceiveLoop {
  receive(data: Buffer, isBinary: boolean): void;
  /** The server begins to read. */
  begin(): void;
}

/**
 * A loop that reads nothing before the welcome is out (protocol notes §5.1), and no message before the last one is done. With
 * `comesFirst` it begins with a message for which that holds, and reads those before it afterwards.
 */
export function createReceiveLoop(handle: Handle, comesFirst?: (message: ReceivedMessage) => boolean): ReceiveLoop {
  const waiting: ReceivedMessage[] = [];
  let isFirst = comesFirst;
  let begun = false;
  let busy = true;
  let reading = false;

  const read = (): void => {
    if (reading) return;
    reading = true;
    for (let message = nextOf(); message !== undefined; message = nextOf()) {
      busy = true;
      handle(message, free);
    }
    reading = false;
  };
  const nextOf = (): ReceivedMessage | undefined => {
    if (busy) return undefined;
    const at = isFirst === undefined ? 0 : waiting.findIndex(isFirst);
    if (at === -1) return undefined;
    isFirst = undefined;
    return waiting.splice(at, 1)[0];
  };
  const free = (): void => {
    busy = false;
    read();
  };

  return {
    receive(data, isBinary) {
      waiting.push({ data, isBinary, isEarly: !begun });
      read();
    },
    begin() {
      begun = true;
      free();
    },
  };
}
