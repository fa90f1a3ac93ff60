import type { Headers } from '../history/entry.ts';
import { isJsonObject } from '../protocol/fields.ts';
import { bytesOfBase64 } from './base64.ts';

const TOKEN = /eyJ[\w-]+\.(eyJ[\w-]+)\.[\w-]*/;

/**
 * The user that a request claims to be: the subject of its token, in whichever place it travels (protocol notes §3.1), or
 * else the header `X-User-ID`. Reads the claims without verifying anything.
 */
export function userInHeaders(headers: Headers, url: string): string | undefined {
  const places = [headers['authorization'] ?? '', ...subprotocols(headers), url];
  for (const place of places) {
    const subject = subjectIn(place) ?? subjectIn(decoded(place.replace(/^jwt\./, '')));
    if (subject !== undefined) return subject;
  }
  return headers['x-user-id'];
}

function subprotocols(headers: Headers): readonly string[] {
  return (headers['sec-websocket-protocol'] ?? '').split(/, */);
}

function subjectIn(text: string): string | undefined {
  const payload = TOKEN.exec(text)?.[1];
  if (payload === undefined) return undefined;
  try {
    const claims: unknown = JSON.parse(decoded(payload));
    return isJsonObject(claims) && typeof claims['sub'] === 'string' ? claims['sub'] : undefined;
  } catch {
    return undefined;
  }
}

function decoded(base64: string): string {
  return String.fromCharCode(...bytesOfBase64(base64));
}
