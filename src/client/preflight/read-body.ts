import type { IncomingMessage } from 'node:http';

const BODY_LIMIT_BYTES = 4096;

/** The first 4 KB of an answer's body, as far as it comes within the deadline. Never throws. */
export async function readBody(response: IncomingMessage, deadlineMs: number): Promise<string> {
  const chunks: Buffer[] = [];
  const timer = setTimeout(() => response.destroy(), deadlineMs);
  try {
    for await (const chunk of response) {
      chunks.push(Buffer.from(chunk));
      if (chunks.reduce((sum, { length }) => sum + length, 0) >= BODY_LIMIT_BYTES) break;
    }
  } catch {
    // A body that breaks off is still evidence, as far as it came.
  }
  clearTimeout(timer);
  return Buffer.concat(chunks).subarray(0, BODY_LIMIT_BYTES).toString('utf8');
}
