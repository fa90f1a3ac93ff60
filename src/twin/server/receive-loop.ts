import type { Buffer } from 'node:buffer';

/** Answers one data message, and calls `done` when the server reads the next one. */
export type Handle = (data: Buffer, isBinary: boolean, done: () => void) => void;

/** Reads data messages one after the other. */
export interface ReceiveLoop {
  hear(data: Buffer, isBinary: boolean): void;
  /** The server begins to read. */
  begin(): void;
}

/** A loop that reads nothing before the welcome is out (protocol notes §5.1), and no message before the last one is done. */
export function createReceiveLoop(handle: Handle): ReceiveLoop {
  const waiting: (readonly [Buffer, boolean])[] = [];
  let busy = true;
  let reading = false;

  const read = (): void => {
    if (reading) return;
    reading = true;
    for (let message = nextOf(); message !== undefined; message = nextOf()) {
      busy = true;
      handle(...message, free);
    }
    reading = false;
  };
  const nextOf = () => (busy ? undefined : waiting.shift());
  const free = (): void => {
    busy = false;
    read();
  };

  return {
    hear(data, isBinary) {
      waiting.push([data, isBinary]);
      read();
    },
    begin: free,
  };
}
