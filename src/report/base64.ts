const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Bytes in hexadecimal as base64 (RFC 4648 §4). What is no hexadecimal, such as a mark of the redactor, is left out. */
export function base64OfHexadecimal(hexadecimal: string): string {
  const bits = (hexadecimal.match(/[0-9a-f]{2}/gi) ?? [])
    .map((byte) => Number.parseInt(byte, 16).toString(2).padStart(8, '0'))
    .join('');
  const characters = (bits.match(/.{1,6}/g) ?? []).map((six) => ALPHABET[Number.parseInt(six.padEnd(6, '0'), 2)]);
  return characters.join('').padEnd(Math.ceil(characters.length / 4) * 4, '=');
}

/** Base64 or base64url as bytes; characters outside of both alphabets are skipped. */
export function bytesOfBase64(text: string): readonly number[] {
  const characters =
    text
      .replaceAll('-', '+')
      .replaceAll('_', '/')
      .match(/[A-Za-z0-9+/]/g) ?? [];
  const values = characters.map((character) => ALPHABET.indexOf(character));
  const bits = values.map((value) => value.toString(2).padStart(6, '0')).join('');
  return (bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2));
}
