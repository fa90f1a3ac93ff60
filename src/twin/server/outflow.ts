import type { Socket } from 'node:net';

const BETWEEN_CHUNKS_MS = 2;

/** Writes bytes so that each chunk arrives by itself; whatever comes meanwhile waits its turn. */
export interface Outflow {
  /** Does something now, or after the bytes that are still on their way. */
  whenFree(send: () => void): void;
  /** Writes the chunks, with a pause between them. Call it within {@link Outflow.whenFree}. */
  write(chunks: readonly Uint8Array[]): void;
}

/** The outflow of one TCP socket; with `oneSegment`, what is sent in one moment is written at once. */
export function createOutflow(tcp: Socket, oneSegment = false): Outflow {
  const waiting: (() => void)[] = [];
  let busy = false;

  const writeFrom = (chunks: readonly Uint8Array[], at: number): void => {
    const chunk = chunks[at];
    if (chunk !== undefined && tcp.writable) tcp.write(chunk);
    busy = at + 1 < chunks.length && tcp.writable;
    if (busy) setTimeout(() => writeFrom(chunks, at + 1), BETWEEN_CHUNKS_MS);
    else sendWaiting();
  };

  const sendWaiting = (): void => {
    const send = waiting.shift();
    send?.();
    if (send !== undefined && !busy) sendWaiting();
  };

  return {
    whenFree(send) {
      if (oneSegment) holdForThisMoment(tcp);
      if (busy) waiting.push(send);
      else send();
    },
    write: (chunks) => writeFrom(chunks, 0),
  };
}

function holdForThisMoment(tcp: Socket): void {
  tcp.cork();
  process.nextTick(() => tcp.uncork());
}
