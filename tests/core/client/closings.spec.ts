import { createServer } from 'node:net';
import type { Socket } from 'node:net';
import { expect, test } from '@playwright/test';
import { closing, wellFormed } from '../../../src/checks/index.ts';
import type { EntryOf, History } from '../../../src/history/entry.ts';
import { codesOf } from '../checks/judges-to.ts';
import { bareClient } from './bare-client.ts';
import { ACCEPT, UPGRADE, onRequest, serving, switches } from './raw-server.ts';

const MESSAGE = Buffer.from('{"type":"notice"}');
const TEXT_FRAME = Buffer.concat([Buffer.of(0x81, MESSAGE.length), MESSAGE]);
const CLOSE_1000 = Buffer.of(0x88, 2, 0x03, 0xe8);
const CLOSE_WITHOUT_CODE = Buffer.of(0x88, 0);

interface ClosingCase {
  /** Bytes behind the 101, in its segment. */
  readonly first?: Buffer;
  /** What the server does when our close frame arrives. */
  readonly onOurClose?: (socket: Socket) => void;
  readonly gives: string;
  readonly code: number;
}

const CASES: Readonly<Record<string, ClosingCase>> = {
  'a close frame in one segment with the last message is read after it': {
    first: Buffer.concat([TEXT_FRAME, CLOSE_1000]),
    gives: 'closed-by-server tcp-left-open',
    code: 1000,
  },
  'a close frame without a code is 1005, and not 1006': {
    first: CLOSE_WITHOUT_CODE,
    gives: 'closed-by-server tcp-left-open',
    code: 1005,
  },
  'a close frame with the end of TCP behind it answers ours': {
    onOurClose: (socket) => socket.end(CLOSE_1000),
    gives: 'holds',
    code: 1000,
  },
  'an end of TCP in place of the close frame is unclean': {
    onOurClose: (socket) => socket.end(),
    gives: 'closed-uncleanly',
    code: 1006,
  },
  'a reset in place of the close frame is unclean': {
    onOurClose: (socket) => socket.resetAndDestroy(),
    gives: 'closed-uncleanly',
    code: 1006,
  },
  'a close frame without the end of TCP keeps the promise to close': {
    onOurClose: (socket) => socket.write(CLOSE_1000),
    gives: 'tcp-left-open',
    code: 1000,
  },
};

function closedIn(history: History): EntryOf<'closed'> | undefined {
  return history.find((entry): entry is EntryOf<'closed'> => entry.kind === 'closed');
}

for (const [what, { first = '', onOurClose, gives, code }] of Object.entries(CASES)) {
  test(`closings: ${what}`, async () => {
    const accept = switches([...UPGRADE, ACCEPT], first);
    // A server that half-closes: it ends when it is told to, and not when the client does.
    const server = createServer({ allowHalfOpen: true }, (socket) => {
      accept(socket);
      onRequest(() => void socket.once('data', () => onOurClose?.(socket)))(socket);
    });
    await using target = await serving(server);
    const { client, history } = await bareClient(`ws://${target.host}/ws`);
    if (onOurClose === undefined) await client.hold(500);
    await client.close();
    expect(codesOf(closing()(history)).split(' ').toSorted().join(' ')).toBe(gives);
    expect(closedIn(history)?.code).toBe(code);
    expect(codesOf(wellFormed()(history))).toBe('holds');
  });
}
