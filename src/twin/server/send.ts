import type { ConnectionContext, RunRequest } from '../behaviour/context.ts';
import type { FaultEngine } from './fault-engine.ts';
import type { Fire } from './journal.ts';
import type { Act, Step } from '../behaviour/plan.ts';
import type { Connections, OfflineQueue, OpenConnection } from './connections.ts';
import type { Wire } from './wire.ts';

/** Performs one step of a plan on behalf of one connection. */
export type Send = (step: Step, run?: RunRequest) => void;

/** What sending needs: the connection, its wire, the other connections, and the faults. */
export interface SendParts {
  readonly self: OpenConnection;
  readonly context: ConnectionContext;
  readonly wire: Wire;
  readonly connections: Connections;
  readonly offlineQueue: OfflineQueue;
  readonly engine: FaultEngine;
  readonly fire: Fire;
  /** Drops what the runs of the connection have not sent yet. */
  readonly stopRuns: () => void;
}

/**
 * Sends nothing more on its own socket once that is closed. The messages of a run still go to the other sockets of its user,
 * or, when there are none, into the offline queue (protocol notes §10).
 */
export function createSend(parts: SendParts): Send {
  const { self, context, wire, connections, offlineQueue, engine, fire, stopRuns } = parts;
  return (step, run) => {
    if (!wire.isOpen()) return sendElsewhere(step, run);
    for (const mark of step.marks ?? []) fire(mark, context.attempt.clientPort);
    if (step.act.kind === 'message') sendMessage(step, step.act, run);
    else if (step.act.kind === 'stop-runs') stopRuns();
    else wire.perform(step.label, step.act);
  };

  function sendElsewhere({ act, audience, label }: Step, run: RunRequest | undefined): void {
    if (run === undefined || act.kind !== 'message' || audience !== 'user') return;
    const text = JSON.stringify(act.compose(context.epochMs()));
    const others = connections.ofUser(self.userId).filter(({ number }) => number !== self.number);
    if (others.length === 0) offlineQueue.put(self.userId, text);
    for (const other of others) other.deliver(label, text, act.encode);
  }

  function sendMessage(step: Step, act: Extract<Act, { readonly kind: 'message' }>, run: RunRequest | undefined): void {
    const delivery = run === undefined ? { label: step.label } : { label: step.label, run };
    const text = JSON.stringify(engine.frame(act.compose(context.epochMs()), delivery, context));
    const intended = step.audience === 'user' ? connections.ofUser(self.userId) : [self];
    const recipients = step.audience === 'user' ? engine.audience(intended, delivery, context) : intended;
    for (const { number } of recipients) {
      const recipient = number === self.number ? self : connections.withNumber(number);
      recipient?.deliver(step.label, text, act.encode);
    }
  }
}
