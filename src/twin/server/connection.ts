import type { Buffer } from 'node:buffer';
import type { ConnectionContext, RunRequest } from './context.ts';
import type { FaultEngine, Fire } from './fault-engine.ts';
import { createReceive } from './receive.ts';
import type { StartPlan } from './receive.ts';
import type { JournalFact } from './journal.ts';
import { closeWith } from './plan.ts';
import type { Plan } from './plan.ts';
import { createPlayer } from './player.ts';
import { createReceiveLoop } from './receive-loop.ts';
import type { OfflineQueue } from './offline-queue.ts';
import { withReplay } from './offline-queue.ts';
import type { Threads } from './threads.ts';
import type { OpenConnection, Connections } from './connections.ts';
import { createSend } from './send.ts';
import { createWire } from './wire.ts';
import type { Ends, Wire } from './wire.ts';

const GOING_AWAY = { kind: 'close', code: 1001, reason: 'Server shutting down' } as const;

/** What one admitted connection is made of. */
export interface ConnectionParts {
  readonly ends: Ends;
  readonly context: ConnectionContext;
  /** The runs in progress; the connection keeps it current. */
  readonly activeRuns: Set<RunRequest>;
  readonly roster: Connections;
  readonly outbox: OfflineQueue;
  readonly threads: Threads;
  readonly engine: FaultEngine;
  readonly fire: Fire;
  readonly note: (fact: JournalFact) => void;
}

/** Speaks the profile on one open socket until it closes. */
export function serveConnection(parts: ConnectionParts): void {
  const { ends, context, activeRuns, roster, outbox, engine, note } = parts;
  const wire = createWire(ends, note, context.profile.oneSegment);
  const player = createPlayer();
  const runs = createPlayer({ patient: true });
  const leave = (): void => {
    clearInterval(heartbeat);
    player.stop();
    roster.leave(self);
  };
  const self = memberOn(wire, parts, leave);
  const speak = createSend({ ...parts, self, wire });
  const start: StartPlan = (plan, run, done) => {
    if (run === undefined) return player.play(plan, (step) => speak(step), done);
    activeRuns.add(run);
    runs.play(
      plan,
      (step) => speak(step, run),
      () => {
        activeRuns.delete(run);
        done?.();
      },
    );
  };
  const keepAlive = (): void => start(engine.keepAlive(context.profile.keepAlive(context), context));
  const heartbeat = setInterval(keepAlive, context.pace.heartbeatIntervalMs);
  const listen = createReceiveLoop(createReceive({ context, engine, threads: parts.threads, start }));

  roster.join(self);
  observe(parts, listen.hear, start, leave);
  ends.socket.onPeerClose = (code, reason) => {
    note({ kind: 'close', direction: 'received', code, reason });
    player.stop();
    start(engine.onClose([closeWith(code, reason)], context));
  };
  const opening = withReplay(context.profile.opening(context), outbox.take(context.userId));
  player.play(
    engine.opening(opening, context),
    (step) => speak(step),
    () => {
      listen.begin();
      start(engine.life([], context));
    },
  );
}

function memberOn(wire: Wire, { ends, context }: ConnectionParts, leave: () => void): OpenConnection {
  return {
    number: context.attempt.number,
    userId: context.userId,
    tcp: ends.tcp,
    deliver(label, text, encode) {
      if (wire.isOpen()) wire.sendText(label, text, encode);
    },
    dismiss() {
      if (wire.isOpen()) wire.perform('going-away', GOING_AWAY);
      leave();
    },
  };
}

function observe(
  { ends, context, engine, note }: ConnectionParts,
  hear: (data: Buffer, isBinary: boolean) => void,
  start: (plan: Plan) => void,
  stop: () => void,
): void {
  ends.socket.on('message', (data: Buffer, isBinary) => {
    note({ kind: 'received', text: data.toString('utf8'), binary: isBinary });
    hear(data, isBinary);
  });
  ends.socket.on('ping', (data) => {
    const payload = data.toString('utf8');
    note({ kind: 'control', direction: 'received', opcode: 'ping', payload });
    const request = { kind: 'control-ping', payload } as const;
    start(engine.reply(context.profile.reply(request, context), request, context));
  });
  ends.socket.on('pong', (data) =>
    note({ kind: 'control', direction: 'received', opcode: 'pong', payload: data.toString('utf8') }),
  );
  ends.socket.on('error', () => {});
  ends.socket.on('close', stop);
}
