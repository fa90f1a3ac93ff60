import type { Finding } from '../../checks/verdict.ts';
import { allOf } from '../../history/connections.ts';
import type { Evidence } from './evidence.ts';
import { onFinding } from './evidence.ts';
import type { Match, Signature } from './signature.ts';

const SEE_RUN =
  'Follow the run in the attachment "timeline" or "transcript"; the marked entries are the ones that count';

/** Runs whose events are incomplete, repeated, misplaced, or say the wrong thing (failure notes §2.3). */
export const EVENT_SIGNATURES: readonly Signature[] = [
  {
    id: 'FM-55',
    title: 'the events of the tool are missing',
    phase: 'events',
    blame: 'product',
    rule: 'a run completes without tool_executing or tool_completed, or a tool has one half only',
    specificity: 'combination',
    matches: onFinding(['event-missing', 'tool-unpaired'], isOfATool),
    candidates: ['the tool dispatcher is not wrapped, so its events are not sent', 'the prompt needed no tool'],
    next: ['Check that PROMPT cannot be answered without a tool', SEE_RUN],
  },
  {
    id: 'event-missing',
    title: 'a run completes without one of its events',
    phase: 'events',
    blame: 'product',
    rule: 'agent_completed arrives, agent_started or agent_thinking does not',
    specificity: 'finding',
    matches: onFinding(['event-missing'], (finding) => !isOfATool(finding)),
    sharesWith: ['FM-62'],
    candidates: ['the event was sent before the connection was registered', 'a failed send that was not repeated'],
    next: ['See whether other runs of the same test have it', SEE_RUN],
  },
  {
    id: 'FM-56',
    title: 'the events of a run arrive in another order',
    phase: 'events',
    blame: 'product',
    rule: 'by order of arrival on one connection, an event precedes one that it should follow; or comes after the end only',
    specificity: 'finding',
    matches: (evidence) =>
      onFinding(['event-out-of-order'])(evidence) ?? combination(onFinding(['event-after-end'], isBelated)(evidence)),
    candidates: ['events are emitted by several asynchronous tasks'],
    next: ["Compare the events' own timestamps: if they are in order, the transport is not", SEE_RUN],
  },
  {
    id: 'FM-57',
    title: 'an event of a run arrives twice',
    phase: 'events',
    blame: 'product',
    rule: 'the same event, or one that a run sends once only, arrives again',
    specificity: 'finding',
    matches: onFinding(['event-duplicated', 'message-replayed-twice']),
    candidates: ['several managers or broadcast functions send it', 'a replay after a reconnect', 'a retry of a send'],
    next: ['Compare both texts: identical speaks for a second send, different for a second emitter', SEE_RUN],
  },
  {
    id: 'event-after-end',
    title: 'something of a run arrives after its end',
    phase: 'events',
    blame: 'product',
    rule: 'an event after agent_completed, within the quiet window',
    specificity: 'finding',
    matches: onFinding(['event-after-end']),
    sharesWith: ['FM-56', 'FM-57'],
    candidates: ['a task that is not awaited before the run is declared complete'],
    next: ['See how long after the end it came, measured above', SEE_RUN],
  },
  {
    id: 'FM-58',
    title: 'an event lacks a mandatory field',
    phase: 'events',
    blame: 'product',
    rule: 'no readable timestamp, or no tool name, at any place where releases put it',
    specificity: 'finding',
    matches: onFinding(['event-field-missing']),
    sharesWith: ['FM-59'],
    candidates: ['a bug of the emitter', 'the field moved to a place that no release had before (FM-59)'],
    next: ['Look at the whole event in the attachment "history"', 'Ask whether the shape was changed on purpose'],
  },
  {
    id: 'FM-60',
    title: 'a fallback handler made the events up; no agent ran',
    phase: 'events',
    blame: 'product',
    rule: 'an event carries the tool response_generator, the stock answer, or an emergency mark',
    specificity: 'mark',
    matches: onFinding(['canned-response']),
    candidates: ['the agent or its language model is not available, and a fallback hides it'],
    next: ['Look at health for missing services', 'Do not count this run as an answer'],
  },
];

function isOfATool({ code, because }: Finding): boolean {
  return code === 'tool-unpaired' || /without tool_(?:executing|completed)/.test(because);
}

/** An event that came after the end, and not before it: it is misplaced, not repeated. */
function isBelated({ entries, connection }: Finding, { history, byName }: Evidence): boolean {
  const [end = -1, late = -1] = entries;
  const misplaced = history[late];
  if (misplaced?.kind !== 'received') return false;
  const { event, thread } = misplaced.message;
  return !allOf(byName.get(connection)?.entries ?? [], 'received').some(
    ({ index, message }) => index < end && message.event === event && message.thread === thread,
  );
}

function combination(match: Match | undefined): Match | undefined {
  return match === undefined ? undefined : { ...match, specificity: 'combination' };
}
