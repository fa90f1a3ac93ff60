import type { Buffer } from 'node:buffer';
import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, test } from '@playwright/test';
import { WebSocket } from 'ws';
import type { ActiveFault, Fault } from '../../src/twin/fault.ts';
import { BETA_9 } from '../../src/twin/profiles/beta-9.ts';
import { OPCODES, frameBytes } from '../../src/twin/raw-frames.ts';
import { refuseByClose, refuseByFactory, refuseByStatus } from '../../src/twin/refusals.ts';
import { startTwin } from '../../src/twin/twin.ts';
import { opened, talk, talkTo, tokenFor } from './twin-talk.ts';

/** A fault declared on the spot. */
function fault(hooks: Partial<Fault>): readonly ActiveFault[] {
  return [{ fault: { name: 'on-the-spot', does: '', hits: '', provokes: [], ...hooks }, rate: 1 }];
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

test('twin seams: a handshake fault may replace a header of the 101', async () => {
  const wrong = { 'Sec-WebSocket-Accept': 'nonsense' };
  await using twin = await startTwin({
    fault: fault({ handshake: (decision) => (decision.kind === 'open' ? { ...decision, headers: wrong } : decision) }),
  });
  const { socket } = await talkTo(twin, 'anna0801-user');
  const [error] = await once(socket, 'error');
  expect(error).toMatchObject({ message: 'Invalid Sec-WebSocket-Accept header' });
});

test('twin seams: the first frames may share a TCP segment with the 101', async () => {
  await using twin = await startTwin({
    pace: { settleMs: 0 },
    fault: fault({
      handshake: (decision) => (decision.kind === 'open' ? { ...decision, withFirstFrames: true } : decision),
    }),
  });
  const tcp = connect(Number(new URL(twin.url).port), '127.0.0.1');
  const segment = once(tcp, 'data');
  tcp.write(upgradeRequest(await tokenFor(twin, 'anna0802-user')));
  const [bytes] = await segment;
  tcp.destroy();
  expect(String(bytes)).toMatch(/^HTTP\/1\.1 101[^]*\r\n\r\n[^]*connection_established/);
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
    fault: fault({
      reply: (plan) =>
        plan.map((step) =>
          step.act.kind === 'message' ? { ...step, act: { ...step.act, encode: inFragments } } : step,
        ),
    }),
  });
  const anna = await opened(talkTo(twin, 'anna0803-user'));
  const pong = new Promise<string>((resolve) =>
    anna.socket.on('message', (data: Buffer) => {
      if (data.includes('"pong"')) resolve(data.toString('utf8'));
    }),
  );
  anna.send({ type: 'ping' });
  anna.send({ type: 'heartbeat' });
  await anna.got('heartbeat_ack');
  expect(JSON.parse(await pong)).toMatchObject({ type: 'pong', data: { user_id: 'anna0803-user' } });
  expect(twin.journal.fired('on-the-spot')).toBe(2);
});

function upgradeRequest(token: string): string {
  return [
    'GET /ws HTTP/1.1',
    'Host: twin',
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    `Authorization: Bearer ${token}`,
    '',
    '',
  ].join('\r\n');
}
