import type { Buffer } from 'node:buffer';
import { once } from 'node:events';
import { expect, test } from '@playwright/test';
import { WebSocket } from 'ws';
import type { ActiveFault, Fault } from '../../../src/twin/catalogue/fault.ts';
import { cutOff, say } from '../../../src/twin/behaviour/plan.ts';
import type { Encode, Step } from '../../../src/twin/behaviour/plan.ts';
import { BETA_9 } from '../../../src/twin/catalogue/profiles/beta-9.ts';
import { OPCODES, frameBytes } from '../../../src/twin/behaviour/raw-frames.ts';
import { refuseByClose, refuseByFactory, refuseByStatus } from '../../../src/twin/handshake/decisions.ts';
import { startTwin } from '../../../src/twin/twin.ts';
import { upgradeByHand } from './by-hand.ts';
import { opened, talk, talkTo } from './talk.ts';

/** A fault declared on the spot. */
function fault(hooks: Partial<Fault>): readonly ActiveFault[] {
  return [{ fault: { name: 'on-the-spot', does: '', hits: '', mustFind: [], ...hooks }, rate: 1 }];
}

const STYLES = [
  ['an authentication_error and 4001', refuseByFactory, ['authentication_error'], 4001, 'Authentication failed'],
  ['a close alone', refuseByClose(1008, 'Auth failed'), [], 1008, 'Auth failed'],
] as const;

for (const [title, refuse, types, code, reason] of STYLES) {
  test(`twin seams: a profile may refuse by ${title}`, async () => {
    await using twin = await startTwin({ profile: { ...BETA_9, refuse } });
    const nobody = talk(new WebSocket(twin.websocketUrl));
    expect(await nobody.ended).toEqual({ code, reason });
    expect(nobody.messages().map(({ type }) => type)).toEqual(types);
  });
}

test('twin seams: a profile may refuse by an HTTP status, with its header', async () => {
  await using twin = await startTwin({ profile: { ...BETA_9, refuse: refuseByStatus(401) } });
  const nobody = new WebSocket(twin.websocketUrl);
  const [, { statusCode, headers }] = await once(nobody, 'unexpected-response');
  expect([statusCode, headers['www-authenticate']]).toEqual([401, 'Bearer']);
});

test('twin seams: a handshake fault may replace a header of the 101, and the first frames may follow at once', async () => {
  const headers = { 'Sec-WebSocket-Accept': 'nonsense', 'X-More': 'yes' };
  await using twin = await startTwin({
    pace: { settleMs: 0 },
    fault: fault({ handshake: (decision) => (decision.kind === 'open' ? { ...decision, headers } : decision) }),
  });
  const { tcp, segment } = await upgradeByHand(twin);
  tcp.destroy();
  const [head = '', frames] = segment.split('\r\n\r\n');
  expect(head.split('\r\n')).toEqual([
    'HTTP/1.1 101 Switching Protocols',
    'Upgrade: websocket',
    'Connection: Upgrade',
    'Sec-WebSocket-Accept: nonsense',
    expect.stringMatching(/^Date: /),
    'X-More: yes',
  ]);
  expect(frames).toContain('connection_established');
});

test('twin seams: what still waits for the wire when it is cut is neither sent nor in the journal', async () => {
  const byteByByte = (text: string): readonly Uint8Array[] =>
    [...frameBytes({ opcode: OPCODES.text, payload: text })].slice(0, 4).map((byte) => new Uint8Array([byte]));
  await using twin = await startTwin({
    fault: fault({
      reply: (plan) =>
        plan.flatMap((step) =>
          step.label === 'pong' ? [encoded(step, byteByByte), cutOff(), say('late', () => ({}))] : step,
        ),
    }),
  });
  const anna = await opened(talkTo(twin, 'e2e-anna0804-user'));
  anna.send({ type: 'ping' });
  anna.send({ type: 'heartbeat' });
  expect((await anna.ended).code).toBe(1006);
  const said = twin.journal.entries.filter(({ kind }) => kind === 'text' || kind === 'cut');
  expect(said.map((entry) => 'label' in entry && entry.label).slice(3)).toEqual(['pong', 'cut']);
});

test('twin seams: a message may be sent in fragments and in bytes of their own, and is still one message', async () => {
  const inFragments = (text: string): readonly Uint8Array[] => [
    frameBytes({ opcode: OPCODES.text, payload: text.slice(0, 10), final: false }),
    ...[...frameBytes({ opcode: OPCODES.continuation, payload: text.slice(10) })]
      .slice(0, 3)
      .map((byte) => new Uint8Array([byte])),
    frameBytes({ opcode: OPCODES.continuation, payload: text.slice(10) }).slice(3),
  ];
  await using twin = await startTwin({
    fault: fault({ reply: (plan) => plan.map((step) => encoded(step, inFragments)) }),
  });
  const anna = await opened(talkTo(twin, 'e2e-anna0803-user'));
  const pong = new Promise<string>((resolve) =>
    anna.socket.on('message', (data: Buffer) => {
      if (data.includes('"pong"')) resolve(data.toString('utf8'));
    }),
  );
  anna.send({ type: 'ping' });
  anna.send({ type: 'heartbeat' });
  await anna.got('heartbeat_ack');
  expect(JSON.parse(await pong)).toMatchObject({ type: 'pong', data: { user_id: 'e2e-anna0803-user' } });
  expect(twin.journal.fired('on-the-spot')).toBe(2);
});

function encoded(step: Step, encode: Encode): Step {
  return step.act.kind === 'message' ? { ...step, act: { ...step.act, encode } } : step;
}
