/** An id that is a number of so many digits that a JavaScript number would lose some. */
const LONG_ID = /("\w*(?:id|Id|ID)"\s*:\s*)(-?\d{16,})(?![\d.eE])/g;

/** A JSON text with its long numeric ids as texts, digit by digit. */
export function withExactIds(text: string): string {
  return text.replaceAll(LONG_ID, '$1"$2"');
}
