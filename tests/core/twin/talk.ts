import type { Buffer } from 'node:buffer';
import { once } from 'node:events';
import { WebSocket } from 'ws';
import type { ClientOptions } from 'ws';
import { mintToken } from '../../../src/client/identities/mint.ts';
import type { JsonObject } from '../../../src/protocol/fields.ts';
import { isJsonObject } from '../../../src/protocol/fields.ts';
import type { Twin } from '../../../src/twin/twin.ts';

/** How a connection ended. */
export interface TalkEnding {
  readonly code: number;
  readonly reason: string;
}

/** A bare `ws` client that keeps what it gets. */
export interface Talk {
  readonly socket: WebSocket;
  /** Every text message, in order. */
  readonly texts: string[];
  /** The same, parsed; what is no JSON object is left out. */
  messages(): readonly JsonObject[];
  /** Resolves when the twin has sent a message of this type, at once when it already has. Rejects when the socket ends. */
  got(type: string, times?: number): Promise<void>;
  send(message: JsonObject): void;
  readonly ended: Promise<TalkEnding>;
  /** Closes with 1000 and waits for the end. */
  close(): Promise<TalkEnding>;
}

/** A valid token of a user of this twin. */
export function tokenFor({ jwtSecret }: Twin, userId: string): Promise<string> {
  return mintToken({ secret: jwtSecret, userId, nowS: Math.floor(Date.now() / 1000) });
}

/** Connects with a valid token in the header. */
export async function talkTo(twin: Twin, userId: string, options: ClientOptions = {}): Promise<Talk> {
  const headers = { ...options.headers, authorization: `Bearer ${await tokenFor(twin, userId)}` };
  return talk(new WebSocket(twin.websocketUrl, { ...options, headers }));
}

/** Connects, waits for the upgrade. */
export async function opened(pending: Promise<Talk>): Promise<Talk> {
  const talking = await pending;
  if (talking.socket.readyState !== WebSocket.OPEN) await once(talking.socket, 'open');
  return talking;
}

/** Listens to a socket from its beginning. */
export function talk(socket: WebSocket): Talk {
  const texts: string[] = [];
  const changes = new EventTarget();
  let over = false;
  socket.on('message', (data: Buffer) => {
    texts.push(data.toString('utf8'));
    changes.dispatchEvent(new Event('change'));
  });
  socket.on('error', () => {});
  const ended = new Promise<TalkEnding>((resolve) =>
    socket.once('close', (code, reason) => {
      over = true;
      changes.dispatchEvent(new Event('change'));
      resolve({ code, reason: String(reason) });
    }),
  );
  const messages = (): readonly JsonObject[] => texts.flatMap(objectIn);
  const count = (type: string): number => messages().filter((message) => message['type'] === type).length;
  return {
    socket,
    texts,
    messages,
    async got(type, times = 1) {
      while (count(type) < times) {
        if (over) throw new Error(`expected ${times} × ${type} before the end, got: ${texts.join(' ')}`);
        await once(changes, 'change');
      }
    },
    send: (message) => socket.send(JSON.stringify(message)),
    ended,
    close() {
      socket.close(1000, 'done');
      return ended;
    },
  };
}

function objectIn(text: string): readonly JsonObject[] {
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) ? [value] : [];
  } catch {
    return [];
  }
}

/** A request to an agent, as a client sends it. */
export function question(prompt: string, thread: string): JsonObject {
  return { type: 'user_message', content: prompt, thread_id: thread };
}
