import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';

/** Answers one request, at once or later. */
type AnswerRequest = (request: IncomingMessage, response: ServerResponse) => unknown;

/** An auth service on a free port that answers with `answer`. `stop` ends it. */
export async function authService(answer: AnswerRequest) {
  const server = createServer((request, response) => void answer(request, response)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error(`Expected a port, got ${String(address)}.`);
  const stop = async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  };
  return { url: `http://127.0.0.1:${address.port}`, stop };
}

/** The whole text of a request. */
export async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text;
}

/** Answers every request alike. */
export function answerWith(status: number, body: string): RequestListener {
  return (_, response) => response.writeHead(status, { 'x-served-by': 'test' }).end(body);
}

/** An answer with a token. */
export const GOOD_ANSWER = JSON.stringify({
  access_token: 'token-1',
  user: { id: 'e2e-ann', email: 'ann@example.com' },
  expires_in: 900,
});
