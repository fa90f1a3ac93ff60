import { Buffer } from 'node:buffer';
import type { ViolationCode } from '../../../checks/findings.ts';
import type { Fault } from '../fault.ts';
import type { Act } from '../../behaviour/plan.ts';
import { after } from '../../behaviour/plan.ts';
import { OPCODES, closeFrameBytes, frameBytes } from '../../behaviour/raw-frames.ts';
import { finds } from './provocation.ts';

const NOT_UTF8 = Buffer.of(0x22, 0xc3, 0x28, 0x22);
const RESERVED_OPCODE = 3;

/** Frames that no client can read (failure notes FM-65). Those that end the connection come after the end of the run. */
export const BAD_FRAME_FAULTS: readonly Fault[] = [
  extraFrame('not-json', 'a text message that is no JSON', 'agent_thinking', 'frame-not-json', {
    kind: 'text',
    text: 'Traceback (most recent call last):',
  }),
  extraFrame('not-an-object', 'a text message that is a JSON array', 'agent_thinking', 'frame-not-an-object', {
    kind: 'text',
    text: '["agent_thinking"]',
  }),
  extraFrame('binary-frame', 'a binary message', 'agent_thinking', 'frame-binary', {
    kind: 'binary',
    bytes: Buffer.from('{"type":"agent_thinking"}'),
  }),
  extraFrame('empty-frame', 'an empty text message', 'agent_thinking', 'frame-empty', { kind: 'text', text: '' }),
  extraFrame('invalid-utf8', 'a text message that is not UTF-8', 'run-completed', 'frame-not-utf8', {
    kind: 'raw',
    chunks: [frameBytes({ opcode: OPCODES.text, payload: NOT_UTF8 })],
  }),
  extraFrame('reserved-opcode', 'a frame with a reserved opcode', 'run-completed', 'frame-violates-protocol', {
    kind: 'raw',
    chunks: [frameBytes({ opcode: RESERVED_OPCODE, payload: '{}' })],
  }),
  {
    name: 'illegal-close-code',
    does: 'Answers our close frame with the code 401, which no close frame may carry.',
    hits: 'close frame',
    mustFind: [finds('well-formed', 'close-code-illegal')],
    diagnosis: 'close-code-illegal',
    onClose: () => [
      { label: 'close-401', afterMs: 0, act: { kind: 'raw', chunks: [closeFrameBytes(401, 'Unauthorized')] } },
      { label: 'cut', afterMs: 0, act: { kind: 'cut', how: 'end' } },
    ],
  },
  {
    name: 'ignore-close',
    does: 'Does not answer our close frame.',
    hits: 'close frame',
    mustFind: [finds('closing', 'close-unanswered')],
    diagnosis: 'close-unanswered',
    onClose: () => [],
  },
];

function extraFrame(name: string, what: string, behind: string, code: ViolationCode, act: Act): Fault {
  return {
    name,
    does: `Sends ${what} after ${behind === 'run-completed' ? 'the end of the run' : behind}.`,
    hits: 'an extra frame of a run',
    mustFind: [finds('well-formed', code)],
    ...(act.kind === 'raw' && {
      mayAlsoFind: [
        finds('agent-run', 'run-cut-short'),
        finds('fan-out', 'fan-out-missing'),
        finds('heartbeat', 'pong-missing'),
      ],
    }),
    diagnosis: 'FM-65',
    run: (plan) => after(plan, behind, { label: name, afterMs: 0, act }),
  };
}
