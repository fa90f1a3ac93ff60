/** A generator of numbers from 0 to 1 (mulberry32) whose sequence depends on the seed and the parts alone. */
export function seededRandom(seed: number, ...parts: readonly (string | number)[]): () => number {
  let state = hash(`${seed}/${parts.join('/')}`);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Whether something with a rate of 0 to 1 happens to the thing that the parts name; the same answer every time. */
export function happens(rate: number, seed: number, ...parts: readonly (string | number)[]): boolean {
  return rate >= 1 || seededRandom(seed, ...parts)() < rate;
}

/** `length` digits, the first of them not 0. */
export function randomDigits(random: () => number, length: number): string {
  return String(Math.floor((0.1 + 0.9 * random()) * 10 ** length));
}

/** `length` characters of 0-9 and a-f. */
export function randomHex(random: () => number, length: number): string {
  return Array.from({ length }, () => Math.floor(random() * 16).toString(16)).join('');
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  }
  return value >>> 0;
}
