import type { Entry } from '../../history/entry.ts';
import { base64OfHexadecimal } from '../base64.ts';

/** Opcodes of RFC 6455 §5.2, as Chrome DevTools lists them. */
export const OPCODES = { text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;

/** One frame in the format of Chrome DevTools: `time` is in seconds since the epoch, binary data is base64. */
export interface HarMessage {
  readonly type: 'send' | 'receive';
  readonly time: number;
  readonly opcode: number;
  readonly data: string;
}

const MS_PER_SECOND = 1000;

/** The frame that an entry is; none for what is no frame. The data of a close frame is code and reason as text. */
export function harMessages(entry: Entry, zeroMs: number): readonly HarMessage[] {
  const at = (direction: 'sent' | 'received', opcode: number, data: string): readonly HarMessage[] => [
    { type: direction === 'sent' ? 'send' : 'receive', time: (zeroMs + entry.atMs) / MS_PER_SECOND, opcode, data },
  ];
  if (entry.kind === 'sent' || entry.kind === 'received') return at(entry.kind, OPCODES.text, entry.text);
  if (entry.kind === 'control') return at(entry.direction, OPCODES[entry.opcode], entry.payload);
  if (entry.kind === 'unreadable') {
    return entry.why === 'binary'
      ? at(entry.direction, OPCODES.binary, base64OfHexadecimal(entry.excerpt))
      : at(entry.direction, OPCODES.text, entry.excerpt);
  }
  if (entry.kind !== 'closed') return [];
  return at(entry.by === 'us' ? 'sent' : 'received', OPCODES.close, `${entry.code} ${entry.reason}`.trim());
}
