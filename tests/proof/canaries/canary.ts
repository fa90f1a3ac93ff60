import { Buffer } from 'node:buffer';
import { randomBytes } from 'node:crypto';

/** A secret that is planted in order to be looked for. */
export interface Canary {
  readonly name: string;
  readonly secret: string;
}

/** A secret with every character that some spelling changes, and a part that is nowhere else. */
export function plant(name: string): Canary {
  return { name, secret: `canary/${randomBytes(9).toString('hex')}+"&<${randomBytes(9).toString('hex')}'\\% =end` };
}

/** A secret that may stand in an HTTP header and in a file of settings. */
export function plantPlain(name: string): Canary {
  return { name, secret: `canary-${randomBytes(18).toString('base64')}+/.` };
}

/** Every spelling in which a secret can leave a program. It shares no code with the redactor, which it tests. */
export function spellingsOf(secret: string): readonly string[] {
  const bytes = Buffer.from(secret);
  const json = JSON.stringify(secret).slice(1, -1);
  return [
    secret,
    bytes.toString('base64'),
    bytes.toString('base64url'),
    Buffer.from(`user:${secret}`).toString('base64'),
    Buffer.from(`key=${secret};`).toString('base64'),
    Buffer.from(`{"s":"${secret}"}`).toString('base64url'),
    bytes.toString('hex'),
    encodeURIComponent(secret),
    new URLSearchParams({ secret }).toString(),
    json,
    JSON.stringify(json).slice(1, -1),
  ];
}

/** What must not be found anywhere: pieces of each spelling that are too long to be there by chance. */
export function tracesOf(secret: string): ReadonlySet<string> {
  const whole = spellingsOf(secret).flatMap((spelling) => [spelling, ...insideOfBase64(spelling)]);
  return new Set([...whole, ...endTraces(secret.slice(0, 20)), ...endTraces(secret)]);
}

/** The part of a presented credential that must not be found anywhere: its end, which is the signature of a token. */
export function endTraces(credential: string): ReadonlySet<string> {
  const end = credential.slice(-20);
  return new Set([end, ...insideOfBase64(end)]);
}

/** What remains of a text in a file that holds it as base64, at each of the three alignments. */
function insideOfBase64(text: string): readonly string[] {
  return ['', '.', '..'].map((before) => {
    const encoded = Buffer.from(`${before}${text}`).toString('base64').replace(/=+$/, '');
    return encoded.slice(before.length === 0 ? 0 : 4, -2);
  });
}
