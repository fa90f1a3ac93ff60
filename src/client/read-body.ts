import { Buffer } from 'node:buffer';
import { setTimeout as sleep } from 'node:timers/promises';

/** The largest body that is read, in bytes after decompression. */
const MOST_BODY_BYTES = 262_144;

/** How a body ended: by itself, because it was too long, or because its time was over. */
export interface ReadBody {
  /** What was read, at most {@link MOST_BODY_BYTES}. Says at its end when more followed. */
  readonly text: string;
  /** Set when the body did not end within the deadline, or broke off. */
  readonly error?: string;
}

/**
 * Reads the body of an answer within two limits: `mostBytes` and `deadlineMs`. A server can send a body without end, or a
 * small one that becomes large when it is decompressed: reading stops at the limit, and the rest is discarded. Never throws.
 */
export async function readBody(
  chunks: AsyncIterable<Uint8Array> | null,
  { deadlineMs, mostBytes = MOST_BODY_BYTES }: { readonly deadlineMs: number; readonly mostBytes?: number },
): Promise<ReadBody> {
  if (chunks === null) return { text: '' };
  const iterator = chunks[Symbol.asyncIterator]();
  const kept: Uint8Array[] = [];
  let bytes = 0;
  const textOf = (): string => Buffer.concat(kept).subarray(0, mostBytes).toString('utf8');
  const timeIsUp = new AbortController();
  const deadline = sleep(Math.max(0, deadlineMs), 'late' as const, { signal: timeIsUp.signal });
  deadline.catch(() => undefined);
  try {
    while (bytes <= mostBytes) {
      const next = await Promise.race([iterator.next(), deadline]);
      if (next === 'late') {
        const error = `the body did not end within ${Math.round(deadlineMs)} ms; ${bytes} bytes of it came`;
        return { text: textOf(), error };
      }
      if (next.done === true) return { text: textOf() };
      kept.push(next.value);
      bytes += next.value.length;
    }
    return { text: `${textOf()}\n… cut: only the first ${mostBytes} bytes were read` };
  } catch (cause) {
    const error = `the body broke off after ${bytes} bytes: ${cause instanceof Error ? cause.message : String(cause)}`;
    return { text: textOf(), error };
  } finally {
    timeIsUp.abort();
    void iterator.return?.().catch(() => undefined);
  }
}
