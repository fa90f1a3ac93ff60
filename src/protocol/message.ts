import type { AgentEvent } from './agent-events.ts';
import type { Meaning } from './meaning.ts';

/**
 * One text frame, read: what every variant of the protocol says in common (protocol notes §5–§8). It keeps the ids and
 * marks that checks need, not the payload; the payload stays in the recorded text.
 */
export interface Message {
  /** The `type` field as sent; empty when there is none. */
  readonly type: string;
  readonly meaning: Meaning;
  /** One of the five, whatever it was called on the wire. Present exactly when `meaning` is `event`. */
  readonly event?: AgentEvent | undefined;
  readonly run?: string | undefined;
  readonly thread?: string | undefined;
  readonly user?: string | undefined;
  readonly agent?: string | undefined;
  /** The id of the agent, which identifies it before its name does. Present in events only. */
  readonly agentId?: string | undefined;
  readonly tool?: string | undefined;
  /** The id of one call of a tool, in any of its spellings. Present in tool events only. */
  readonly toolCall?: string | undefined;
  /** A bare `id` of a tool event: that of the call, or that of the message. */
  readonly toolId?: string | undefined;
  /** What an agent thinks. Present in `agent_thinking` only. */
  readonly thought?: string | undefined;
  /** What an agent answers; empty when the place of the answer is. Present in `agent_completed` only. */
  readonly answer?: string | undefined;
  /** What a completion says of a failure, quoted. Present in `agent_completed` only. */
  readonly failure?: string | undefined;
  /** The id that the sender gave this message. */
  readonly sentId?: string | undefined;
  /** What an answer echoes of its question: a timestamp or an id. */
  readonly echo?: string | undefined;
  /** The server's own name of the connection, in a welcome. */
  readonly serverConnection?: string | undefined;
  /** `data.mode` of a welcome: `main`, `factory`, `isolated` or `legacy` (protocol notes §1.1). */
  readonly mode?: string | undefined;
  /** Epoch milliseconds of the message's own timestamp; absent when it has none that can be read. */
  readonly timestampMs?: number | undefined;
  readonly errorCode?: string | undefined;
  readonly errorText?: string | undefined;
  /** The service says it runs degraded. */
  readonly degraded?: true | undefined;
  /** The answer was fabricated by a fallback handler instead of an agent (failure notes FM-60). */
  readonly canned?: true | undefined;
}

/** Why a frame could not be read as a message. */
export const UNREADABLE = ['not-json', 'not-an-object', 'nested-too-deep', 'binary', 'empty'] as const;

export type UnreadableReason = (typeof UNREADABLE)[number];

/** What identifies the agent of an event: its id, where it has one, else its name. */
export function agentKey({ agentId, agent }: Message): string | undefined {
  return agentId ?? agent;
}
