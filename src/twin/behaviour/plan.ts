import type { JsonObject } from '../../protocol/fields.ts';

/** Makes a message for the moment at which it is sent; `epochMs` is that moment. */
export type Compose = (epochMs: number) => JsonObject;

/** Turns a text into the bytes that carry it; each array arrives in a TCP segment of its own. Without one, `ws` frames it. */
export type Encode = (text: string) => readonly Uint8Array[];

/** One thing that a server can do on an open socket. */
export type Act =
  | { readonly kind: 'message'; readonly compose: Compose; readonly encode?: Encode }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'binary'; readonly bytes: Uint8Array }
  /** Bytes on the TCP stream, legal or not; each chunk arrives in a segment of its own. */
  | { readonly kind: 'raw'; readonly chunks: readonly Uint8Array[] }
  | { readonly kind: 'control'; readonly opcode: 'ping' | 'pong'; readonly payload: string }
  /** A close frame; without a code when `code` is 1005. The TCP connection ends after it, unless it is left open. */
  | { readonly kind: 'close'; readonly code: number; readonly reason: string; readonly leavesTcpOpen?: true }
  /** The TCP connection ends without a close frame: FIN, or RST. */
  | { readonly kind: 'cut'; readonly how: 'end' | 'reset' }
  /** The runs of the connection end where they are. */
  | { readonly kind: 'stop-runs' }
  | { readonly kind: 'nothing' };

/** A fault that fires when its step is played; `hit` names the frame, connection or stage. */
export interface Mark {
  readonly name: string;
  readonly hit: string;
}

/** One act, `afterMs` after the step before it. */
export interface Step {
  readonly label: string;
  readonly afterMs: number;
  readonly act: Act;
  /** `user`: a message goes to every socket of the same user (protocol notes §11). Default: to this connection only. */
  readonly audience?: 'connection' | 'user';
  readonly marks?: readonly Mark[];
}

/** What a server does in answer to one stimulus, in order. */
export type Plan = readonly Step[];

/** A JSON message for this connection. */
export function say(label: string, compose: Compose, afterMs = 0): Step {
  return { label, afterMs, act: { kind: 'message', compose } };
}

/** A JSON message for every socket of the user. */
export function tellUser(label: string, compose: Compose, afterMs = 0): Step {
  return { ...say(label, compose, afterMs), audience: 'user' };
}

export function closeWith(code: number, reason: string, afterMs = 0): Step {
  return { label: `close-${code}`, afterMs, act: { kind: 'close', code, reason } };
}

/** The end of the TCP connection without a close frame. */
export function cutOff(how: 'end' | 'reset' = 'end', afterMs = 0): Step {
  return { label: 'cut', afterMs, act: { kind: 'cut', how } };
}

/** Deliberately nothing. */
export function stayQuiet(label: string, afterMs = 0): Step {
  return { label, afterMs, act: { kind: 'nothing' } };
}

/** Bytes as they are. */
export function rawBytes(label: string, chunks: readonly Uint8Array[], afterMs = 0): Step {
  return { label, afterMs, act: { kind: 'raw', chunks } };
}

/** Label of a message that waited until its user was connected again. */
export const REPLAYED = 'replayed';

/** Edits of plans. Each returns the plan untouched when it has no step with the label. */

export function without(plan: Plan, label: string): Plan {
  return plan.some((step) => step.label === label) ? plan.filter((step) => step.label !== label) : plan;
}

/** The first step with the label, changed or replaced by several. */
export function instead(plan: Plan, label: string, change: (step: Step) => Plan): Plan {
  const at = plan.findIndex((step) => step.label === label);
  const step = plan[at];
  return step === undefined ? plan : plan.toSpliced(at, 1, ...change(step));
}

export function before(plan: Plan, label: string, ...steps: Plan): Plan {
  return instead(plan, label, (step) => [...steps, step]);
}

export function after(plan: Plan, label: string, ...steps: Plan): Plan {
  return instead(plan, label, (step) => [step, ...steps]);
}

/** Ends the plan after the step with the label, with other steps. */
export function endAfter(plan: Plan, label: string, ...steps: Plan): Plan {
  const at = plan.findIndex((step) => step.label === label);
  return at === -1 ? plan : [...plan.slice(0, at + 1), ...steps];
}

/** Exchanges two steps; the delays stay where they were. */
export function swapped(plan: Plan, first: string, second: string): Plan {
  const [one, other] = [plan.find(({ label }) => label === first), plan.find(({ label }) => label === second)];
  if (one === undefined || other === undefined) return plan;
  return plan.map((step) => {
    if (step === one) return { ...other, afterMs: step.afterMs };
    return step === other ? { ...one, afterMs: step.afterMs } : step;
  });
}

/** The same step, later. */
export function delayed(step: Step, byMs: number): Step {
  return { ...step, afterMs: step.afterMs + byMs };
}
