import type { ConnectionContext, RunRequest } from './context.ts';
import type { FaultEngine, Fire } from './fault-engine.ts';
import type { Act, Step } from './plan.ts';
import type { OfflineQueue } from './offline-queue.ts';
import type { OpenConnection, Connections } from './connections.ts';
import type { Wire } from './wire.ts';

/** Performs one step of a plan on behalf of one connection. */
export type Send = (step: Step, run?: RunRequest) => void;

/** What speaking needs: the speaker, its wire, everybody else, and the faults. */
export interface SendParts {
  readonly self: OpenConnection;
  readonly context: ConnectionContext;
  readonly wire: Wire;
  readonly roster: Connections;
  readonly outbox: OfflineQueue;
  readonly engine: FaultEngine;
  readonly fire: Fire;
}

/**
 * A speaker that falls silent when its socket is no longer open. What a run has to say goes on: to the other sockets of its
 * user, or, when there is none, into the queue for absent users (protocol notes §10).
 */
export function createSend({ self, context, wire, roster, outbox, engine, fire }: SendParts): Send {
  return (step, run) => {
    if (!wire.isOpen()) return goOn(step, run);
    for (const mark of step.marks ?? []) fire(mark, context.attempt.clientPort);
    if (step.act.kind !== 'message') wire.perform(step.label, step.act);
    else tell(step, step.act, run);
  };

  function goOn({ act, audience, label }: Step, run: RunRequest | undefined): void {
    if (run === undefined || act.kind !== 'message' || audience !== 'user') return;
    const text = JSON.stringify(act.compose(context.epochMs()));
    const others = roster.ofUser(self.userId).filter(({ number }) => number !== self.number);
    if (others.length === 0) outbox.put(self.userId, text);
    for (const other of others) other.deliver(label, text, act.encode);
  }

  function tell(step: Step, act: Extract<Act, { readonly kind: 'message' }>, run: RunRequest | undefined): void {
    const delivery = run === undefined ? { label: step.label } : { label: step.label, run };
    const text = JSON.stringify(engine.frame(act.compose(context.epochMs()), delivery, context));
    const meant = step.audience === 'user' ? roster.ofUser(self.userId) : [self];
    const recipients = step.audience === 'user' ? engine.audience(meant, delivery, context) : meant;
    for (const { number } of recipients) {
      const member = number === self.number ? self : roster.withNumber(number);
      member?.deliver(step.label, text, act.encode);
    }
  }
}
