import { Buffer } from 'node:buffer';

/** Opcodes of RFC 6455 §5.2. 3–7 and 11–15 are reserved. */
export const OPCODES = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;

/** One WebSocket frame, legal or not. */
export interface FrameParts {
  /** 0 to 15. */
  readonly opcode: number;
  readonly payload?: string | Uint8Array;
  /** Default true. */
  readonly final?: boolean;
  /** The three reserved bits as a number from 0 to 7; RSV1 is 4. Default 0. */
  readonly reserved?: number;
  /** Four bytes; a server must not mask (RFC 6455 §5.1). */
  readonly mask?: readonly [number, number, number, number];
}

/** The bytes of a frame (RFC 6455 §5.2). */
export function frameBytes({ opcode, payload = '', final = true, reserved = 0, mask }: FrameParts): Uint8Array {
  const data = Buffer.from(payload);
  const first = (final ? 0x80 : 0) | (reserved << 4) | opcode;
  const length = lengthBytes(data.length, mask !== undefined);
  return mask === undefined
    ? Buffer.concat([Buffer.of(first), length, data])
    : Buffer.concat([Buffer.of(first), length, Buffer.from(mask), data.map((byte, at) => byte ^ (mask[at % 4] ?? 0))]);
}

/** The bytes of a close frame with any code at all. */
export function closeFrameBytes(code: number, reason = ''): Uint8Array {
  return frameBytes({
    opcode: OPCODES.close,
    payload: Buffer.concat([Buffer.of(code >> 8, code & 0xff), Buffer.from(reason)]),
  });
}

function lengthBytes(length: number, masked: boolean): Buffer {
  const bit = masked ? 0x80 : 0;
  if (length < 126) return Buffer.of(bit | length);
  if (length < 65_536) return Buffer.of(bit | 126, length >> 8, length & 0xff);
  const bytes = Buffer.alloc(9);
  bytes[0] = bit | 127;
  bytes.writeBigUInt64BE(BigInt(length), 1);
  return bytes;
}
