import type { Buffer } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocketServer } from 'ws';
import type { Decision } from '../behaviour/attempt.ts';
import type { HandshakeContext } from '../behaviour/context.ts';
import type { Plan } from '../behaviour/plan.ts';
import { seededRandom } from '../behaviour/seeded-random.ts';
import type { Profile } from '../catalogue/profile.ts';
import { endUnheard, openFor, refuseWith } from '../handshake/decisions.ts';
import { readAttempt } from '../handshake/read-attempt.ts';
import { httpText } from '../http/http-text.ts';
import { serveConnection } from './connection.ts';
import type { JournalFact } from './journal.ts';
import type { TwinParts } from './parts.ts';
import { createPlayer } from './player.ts';
import { AnsweringSocket, createWire } from './wire.ts';
import type { Ends } from './wire.ts';

/** Answers upgrade requests. The returned function is the listener for a server's `upgrade` event. */
export function createUpgrade(twin: TwinParts): (request: IncomingMessage, tcp: Socket, head: Buffer) => void {
  const { profile } = twin;
  const accept = createAcceptance(profile.compression);
  let attempts = 0;
  const answer = async (request: IncomingMessage, tcp: Socket, head: Buffer, number: number): Promise<void> => {
    const context = await handshakeContext(twin, request, number);
    const { path, clientPort } = context.attempt;
    const decision = twin.engine.handshake(decide(profile, context), context);
    const note = (fact: JournalFact): void => void twin.journal.note(clientPort, fact);
    if (decision.kind === 'open' || decision.kind === 'reject-after-upgrade') {
      if (decision.afterMs !== undefined) await sleep(decision.afterMs);
      accept(request, tcp, head, decision, (socket) => serve(twin, { socket, tcp }, decision, context, note));
      return;
    }
    note({ kind: 'refusal', path, status: decision.kind === 'refuse' ? decision.status : 0 });
    if (decision.kind === 'refuse') {
      const text = httpText(decision.status, decision.headers, decision.body, twin.epochMs());
      if (decision.stalls === true) tcp.write(text.slice(0, -1));
      else tcp.end(text);
    } else if (decision.kind === 'raw') tcp.end(decision.text);
    else if (decision.kind === 'cut') tcp.destroy();
  };
  return (request, tcp, head) => {
    tcp.on('error', () => tcp.destroy());
    attempts++;
    answer(request, tcp, head, attempts).catch((error: unknown) => tcp.destroy(toError(error)));
  };
}

async function handshakeContext(twin: TwinParts, request: IncomingMessage, number: number): Promise<HandshakeContext> {
  const { profile, pace, starts, admissions, epochMs, seed, verify } = twin;
  const context: HandshakeContext = {
    profile,
    pace,
    starts,
    admissions,
    epochMs,
    attempt: await readAttempt(request, number, profile.carriers, verify),
    random: seededRandom(seed, 'connection', number),
    refuse: (credential) => profile.refuse(credential, context),
  };
  return context;
}

/** What a healthy server answers to an upgrade request. */
function decide(profile: Profile, context: HandshakeContext): Decision {
  const { path, credential } = context.attempt;
  if (!profile.paths.includes(path)) return refuseWith(profile.unknownPathStatus);
  const userId = profile.admit(credential);
  if (userId !== undefined)
    return profile.acceptsUserId?.(userId) === false ? endUnheard(context) : openFor(userId, context);
  if (credential.valid) throw new Error(`Profile ${profile.name} must admit a valid credential; it does not.`);
  return profile.refuse(credential, context);
}

function serve(
  twin: TwinParts,
  ends: Ends,
  decision: Accepted,
  context: HandshakeContext,
  note: (fact: JournalFact) => void,
): void {
  const { attempt, epochMs } = context;
  const userId = decision.kind === 'open' ? decision.userId : '';
  note({ kind: 'upgrade', path: attempt.path, subprotocol: decision.subprotocol, userId });
  if (decision.kind === 'reject-after-upgrade') return rejectAfterUpgrade(ends, decision.plan, epochMs, note);
  twin.admissions.push({ userId, marked: attempt.marked, atMs: epochMs() });
  serveConnection(twin, { ends, userId, handshake: context, note });
}

/** Plays the refusal of a client that was never admitted, and ignores what it sends. */
function rejectAfterUpgrade(ends: Ends, plan: Plan, epochMs: () => number, note: (fact: JournalFact) => void): void {
  const wire = createWire(ends, note);
  const player = createPlayer();
  const { socket } = ends;
  socket.on('message', (data: Buffer, isBinary) =>
    note({ kind: 'received', text: data.toString('utf8'), binary: isBinary }),
  );
  socket.on('error', () => {});
  socket.on('close', () => player.stop());
  socket.onPeerClose = (code, reason) => {
    note({ kind: 'close', direction: 'received', code, reason });
    player.stop();
    if (wire.isOpen()) wire.perform('close-answer', { kind: 'close', code, reason });
  };
  player.play(plan, ({ label, act }) => {
    if (!wire.isOpen()) return;
    if (act.kind === 'message') wire.sendText(label, JSON.stringify(act.compose(epochMs())), act.encode);
    else if (act.kind !== 'stop-runs') wire.perform(label, act);
  });
}

/** The transport's own limit; above it stands 1009 (protocol notes §10). */
const LARGEST_MESSAGE_BYTES = 16 * 1024 * 1024;

/** A decision that opens a socket. */
type Accepted = Extract<Decision, { readonly kind: 'open' | 'reject-after-upgrade' }>;

/** Completes one handshake. */
type Accept = (
  request: IncomingMessage,
  tcp: Socket,
  head: Buffer,
  decision: Accepted,
  opened: (socket: AnsweringSocket) => void,
) => void;

/** Completes handshakes with `ws`; the decision names the subprotocol and extra headers of the 101. */
function createAcceptance(compression = false): Accept {
  const decisions = new WeakMap<IncomingMessage, Accepted>();
  const server = new WebSocketServer<typeof AnsweringSocket>({
    noServer: true,
    clientTracking: false,
    autoPong: false,
    perMessageDeflate: compression && { threshold: 0 },
    maxPayload: LARGEST_MESSAGE_BYTES,
    WebSocket: AnsweringSocket,
    handleProtocols: (_offered, request) => decisions.get(request)?.subprotocol || false,
  });
  server.on('headers', (lines, request) => {
    const own = { Date: new Date().toUTCString(), ...decisions.get(request)?.headers };
    for (const [name, value] of Object.entries(own)) {
      const at = lines.findIndex((line) => line.toLowerCase().startsWith(`${name.toLowerCase()}:`));
      lines.splice(at === -1 ? lines.length : at, at === -1 ? 0 : 1, `${name}: ${value}`);
    }
  });
  return (request, tcp, head, decision, opened) => {
    decisions.set(request, decision);
    server.handleUpgrade(request, tcp, head, opened);
  };
}

function toError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
