import { once } from 'node:events';
import { type IncomingMessage, type RequestListener, createServer } from 'node:http';

/** An auth service on a free port that answers with `listener`. `stop` ends it. */
export async function authService(listener: RequestListener) {
  const server = createServer(listener).listen(0, '127.0.0.1');
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
