const NONCE = /\bnonce-[0-9a-z]{8,32}\b/g;

const NONE: readonly string[] = [];

/** The marker that makes one request recognisable wherever its text turns up. */
export function nonceOf(id: string): string {
  return `nonce-${id
    .toLowerCase()
    .replaceAll(/[^0-9a-z]/g, '')
    .slice(0, 32)}`;
}

/** Every nonce that a text mentions, in order. */
export function noncesIn(text: string): readonly string[] {
  return text.includes('nonce-') ? (text.match(NONCE) ?? NONE) : NONE;
}
