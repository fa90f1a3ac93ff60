import type { Buffer } from 'node:buffer';
import type { ConnectionContext, HandshakeContext, OtherRequest, RunRequest } from '../behaviour/context.ts';
import { closeWith, cutOff } from '../behaviour/plan.ts';
import type { Plan } from '../behaviour/plan.ts';
import { connectionName } from '../messages/welcome-shapes.ts';
import { withReplay } from './connections.ts';
import type { OpenConnection } from './connections.ts';
import type { JournalFact } from './journal.ts';
import type { TwinParts } from './parts.ts';
import { createPlayer } from './player.ts';
import { createReceive } from './receive.ts';
import { createReceiveLoop } from './receive-loop.ts';
import type { ReceivedMessage } from './receive-loop.ts';
import { createSend } from './send.ts';
import { createWire } from './wire.ts';
import type { Ends, Wire } from './wire.ts';

const GOING_AWAY = { kind: 'close', code: 1001, reason: 'Server shutting down' } as const;

/** One admitted client. */
export interface Admitted {
  readonly ends: Ends;
  readonly userId: string;
  readonly handshake: HandshakeContext;
  readonly note: (fact: JournalFact) => void;
}

/** What a connection counts of its client. */
interface Activity {
  /** The runs in progress. */
  readonly runs: Set<RunRequest>;
  messages: number;
}

/** Plays the profile on one open socket until it closes. */
export function serveConnection(twin: TwinParts, { ends, userId, handshake, note }: Admitted): void {
  const { profile, engine, connections, offlineQueue } = twin;
  const activity: Activity = { runs: new Set(), messages: 0 };
  const context = connectionContext(twin, handshake, userId, activity);
  const wire = createWire(ends, note, profile.oneSegment);
  const player = createPlayer();
  const runPlayer = createPlayer({ keepsProcessAlive: false });
  const end = (): void => {
    clearInterval(heartbeat);
    player.stop();
    connections.remove(self);
  };
  const self = openConnection(wire, ends, context, end);
  const stopRuns = (): void => {
    runPlayer.stop();
    activity.runs.clear();
  };
  const send = createSend({ ...twin, self, wire, context, stopRuns });
  const play = (plan: Plan): void => player.play(plan, (step) => send(step));
  const playRun = (run: RunRequest, ended: () => void): void => {
    activity.runs.add(run);
    const plan = engine.run(profile.run(run, context), run, context);
    const done = (): void => {
      activity.runs.delete(run);
      ended();
    };
    runPlayer.play(plan, (step) => send(step, run), done);
  };
  const reply = (request: OtherRequest): void => {
    if (request.kind === 'message') activity.messages += 1;
    play(engine.reply(profile.reply(request, context), request, context));
  };
  const giveUp = (request: OtherRequest): void => play(engine.reply([cutOff()], request, context));
  const keepAlive = (): void => play(engine.keepAlive(profile.keepAlive(context), context));
  const heartbeat = setInterval(keepAlive, context.pace.heartbeatIntervalMs);
  const handlers = { run: playRun, other: reply, tooManyFailures: giveUp };
  const incoming = createReceiveLoop(createReceive(context, twin.threads, handlers), comesFirst(profile.readsFirst));
  connections.add(self);
  receiveFrom(ends, note, { message: incoming.receive, ping: reply, end });
  ends.socket.onPeerClose = (code, reason) => {
    note({ kind: 'close', direction: 'received', code, reason });
    player.stop();
    play(engine.onClose([closeWith(code, reason)], context));
  };
  const opening = withReplay(profile.opening(context), offlineQueue.take(userId));
  player.play(
    engine.opening(opening, context),
    (step) => send(step),
    () => {
      incoming.begin();
      play(engine.life([], context));
    },
  );
}

/** Whether a message has the type that is read before any other. */
function comesFirst(type: string | undefined): ((message: ReceivedMessage) => boolean) | undefined {
  return type === undefined ? undefined : ({ data }) => data.includes(`"${type}"`);
}

function connectionContext(
  { profile, connections }: TwinParts,
  handshake: HandshakeContext,
  userId: string,
  activity: Activity,
): ConnectionContext {
  const context: ConnectionContext = {
    ...handshake,
    userId,
    connectionId: connectionName(userId, handshake.epochMs(), handshake.random),
    activeRuns: () => [...activity.runs],
    peers: () => connections.all(),
    messagesReceived: () => activity.messages,
    welcome: () => profile.welcome(context),
  };
  return context;
}

function openConnection(wire: Wire, { tcp }: Ends, context: ConnectionContext, end: () => void): OpenConnection {
  return {
    number: context.attempt.number,
    userId: context.userId,
    tcp,
    deliver(label, text, encode) {
      if (wire.isOpen()) wire.sendText(label, text, encode);
    },
    goAway() {
      if (wire.isOpen()) wire.perform('going-away', GOING_AWAY);
      end();
    },
  };
}

function receiveFrom(
  { socket }: Ends,
  note: (fact: JournalFact) => void,
  on: {
    readonly message: (data: Buffer, isBinary: boolean) => void;
    readonly ping: (request: OtherRequest) => void;
    readonly end: () => void;
  },
): void {
  socket.on('message', (data: Buffer, isBinary) => {
    note({ kind: 'received', text: data.toString('utf8'), binary: isBinary });
    on.message(data, isBinary);
  });
  socket.on('ping', (data) => {
    const payload = data.toString('utf8');
    note({ kind: 'control', direction: 'received', opcode: 'ping', payload });
    on.ping({ kind: 'control-ping', payload });
  });
  socket.on('pong', (data) =>
    note({ kind: 'control', direction: 'received', opcode: 'pong', payload: data.toString('utf8') }),
  );
  socket.on('error', () => {});
  socket.on('close', on.end);
}
