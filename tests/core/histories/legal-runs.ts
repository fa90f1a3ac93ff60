import * as fc from 'fast-check';
import type { AgentEvent } from '../../../src/protocol/agent-events.ts';

/** One event of a generated run: its name, and what distinguishes it from others. */
export interface SentEvent {
  readonly event: AgentEvent;
  readonly more: Readonly<Record<string, unknown>>;
}

type RunStep = { readonly kind: 'thought' } | { readonly kind: 'tool'; readonly tool: string } | Agent;

interface Agent {
  readonly kind: 'agent';
  readonly name: string;
  readonly parts: readonly RunStep[];
}

const TOOLS = ['cost_analyzer', 'price_list', 'log_search'];
const SUB_AGENTS = ['TriageAgent', 'DataAgent', 'ReportingAgent'];

const thought: fc.Arbitrary<RunStep> = fc.constant({ kind: 'thought' });
const tool: fc.Arbitrary<RunStep> = fc.constantFrom(...TOOLS).map((name) => ({ kind: 'tool', tool: name }));
const simple = fc.oneof(thought, tool);

/** A sub-agent does not call itself; one that has completed may be called again. */
const subAgent: fc.Arbitrary<RunStep> = fc
  .record({ name: fc.constantFrom(...SUB_AGENTS), parts: fc.array(simple, { maxLength: 3 }) })
  .map((agent) => ({ kind: 'agent', ...agent }));

/** A run that the grammar allows (design: agent_started, thoughts, tools and sub-agents in any number, agent_completed). */
export const legalRun: fc.Arbitrary<readonly SentEvent[]> = runOf(
  fc.array(fc.oneof(simple, subAgent), { maxLength: 6 }),
);

/** A run without sub-agents, so that each of its events has one meaning. */
export const plainRun: fc.Arbitrary<readonly SentEvent[]> = runOf(fc.array(simple, { minLength: 1, maxLength: 6 }));

function runOf(parts: fc.Arbitrary<readonly RunStep[]>): fc.Arbitrary<readonly SentEvent[]> {
  return parts.map((chosen) => numbered(eventsOf({ kind: 'agent', name: 'SupervisorAgent', parts: chosen })));
}

function eventsOf(part: RunStep): readonly SentEvent[] {
  if (part.kind === 'thought') return [{ event: 'agent_thinking', more: {} }];
  if (part.kind === 'tool') {
    const more = { tool_name: part.tool };
    return [
      { event: 'tool_executing', more },
      { event: 'tool_completed', more },
    ];
  }
  const more = { agent_name: part.name };
  return [{ event: 'agent_started', more }, ...part.parts.flatMap(eventsOf), { event: 'agent_completed', more }];
}

/** Numbers make equal events different texts. */
function numbered(events: readonly SentEvent[]): readonly SentEvent[] {
  return events.map(({ event, more }, step) => ({ event, more: { ...more, step } }));
}
