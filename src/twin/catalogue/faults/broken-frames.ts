import { Buffer } from 'node:buffer';
import type { ViolationCode } from '../../../checks/findings.ts';
import type { Fault } from '../fault.ts';
import { after, closeWith, cutOff, rawBytes } from '../../behaviour/plan.ts';
import { OPCODES, frameBytes } from '../../behaviour/raw-frames.ts';
import { finds } from './provocation.ts';

const TWENTY_MEGABYTES = 20 * 1024 * 1024;

/** Frames that break RFC 6455, each after the end of a run, and closing handshakes that go wrong. */
export const BROKEN_FRAME_FAULTS: readonly Fault[] = [
  broken('oversized-frame', 'begins a frame of 20 MB', 'frame-too-large', headerOf(TWENTY_MEGABYTES)),
  broken(
    'masked-frame',
    'sends a masked frame',
    'frame-violates-protocol',
    frame(OPCODES.text, { mask: [1, 2, 3, 4] }),
  ),
  broken(
    'reserved-bit',
    'sends a frame with a reserved bit',
    'frame-violates-protocol',
    frame(OPCODES.text, { reserved: 2 }),
  ),
  broken(
    'fragmented-ping',
    'sends a ping in fragments',
    'frame-violates-protocol',
    frame(OPCODES.ping, { final: false }),
  ),
  broken(
    'lone-continuation',
    'continues a message that never began',
    'frame-violates-protocol',
    frame(OPCODES.continuation, {}),
  ),
  broken(
    'long-ping',
    'sends a ping of 126 bytes',
    'frame-violates-protocol',
    frameBytes({ opcode: OPCODES.ping, payload: 'x'.repeat(126) }),
  ),
  {
    name: 'close-misanswered',
    does: 'Answers our close frame with 1011.',
    hits: 'close frame',
    mustFind: [finds('closing', 'close-misanswered')],
    diagnosis: 'close-unanswered',
    onClose: () => [closeWith(1011, 'Internal error')],
  },
  {
    name: 'cut-at-close',
    does: 'Cuts the connection instead of answering our close frame.',
    hits: 'close frame',
    mustFind: [finds('closing', 'closed-uncleanly')],
    diagnosis: 'close-unanswered',
    onClose: () => [cutOff()],
  },
  {
    name: 'json-null',
    does: 'Sends the text null after agent_thinking.',
    hits: 'an extra frame after agent_thinking',
    mustFind: [finds('well-formed', 'frame-not-an-object')],
    diagnosis: 'FM-65',
    run: (plan) =>
      after(plan, 'agent_thinking', { label: 'json-null', afterMs: 0, act: { kind: 'text', text: 'null' } }),
  },
  {
    name: 'echo-token',
    does: 'Sends the token of the client back in the welcome.',
    hits: 'welcome',
    mustFind: [finds('secrets', 'secret-echoed')],
    diagnosis: 'secret-exposed',
    frame: (message, { label }, { attempt }) =>
      label === 'welcome' ? { ...message, authorization: attempt.headers['authorization'] ?? '' } : message,
  },
];

function broken(name: string, what: string, code: ViolationCode, bytes: Uint8Array): Fault {
  return {
    name,
    does: `After every run it ${what}.`,
    hits: 'an extra frame after agent_completed',
    mustFind: [finds('well-formed', code)],
    mayAlsoFind: [
      finds('agent-run', 'run-cut-short'),
      finds('fan-out', 'fan-out-missing'),
      finds('heartbeat', 'pong-missing'),
    ],
    diagnosis: 'FM-65',
    run: (plan) => after(plan, 'agent_completed', rawBytes(name, [bytes])),
  };
}

function frame(opcode: number, oddity: Partial<Parameters<typeof frameBytes>[0]>): Uint8Array {
  return frameBytes({ opcode, payload: '{}', ...oddity });
}

/** The header of a text frame that announces so many bytes, and a few of them. */
function headerOf(length: number): Uint8Array {
  const header = Buffer.alloc(10);
  header[0] = 0x80 | OPCODES.text;
  header[1] = 127;
  header.writeBigUInt64BE(BigInt(length), 2);
  return Buffer.concat([header, Buffer.from('{"type":"')]);
}
