import { allOf } from '../../history/connections.ts';
import type { Finding } from '../../checks/verdict.ts';
import type { Evidence } from './evidence.ts';
import { onFinding } from './evidence.ts';
import type { Signature } from './signature.ts';

const ASK_BACKEND =
  'Ask the backend developers for the log of this thread and run, named in the attachment "transcript"';

/** Runs that start and do not complete, or too slowly, and messages that cannot be read (failure notes FM-54 to FM-65). */
export const RUN_ENDING_SIGNATURES: readonly Signature[] = [
  {
    id: 'FM-54',
    title: 'the agent starts, and then nothing more comes',
    phase: 'events',
    blame: 'product',
    rule: 'agent_started is the only event of a run that falls silent',
    specificity: 'combination',
    matches: onFinding(
      ['run-stalled'],
      (finding, evidence) => eventsOf(evidence, finding).join(' ') === 'agent_started',
    ),
    sharesWith: ['FM-63'],
    candidates: ['the agent is stuck at triage', 'the manager is lost between the agents, so later events go nowhere'],
    next: [ASK_BACKEND, 'See whether every run stalls here, or some'],
  },
  {
    id: 'FM-63',
    title: 'a run falls silent in the middle',
    phase: 'events',
    blame: 'product',
    rule: 'some events, then silence until the deadline, and the connection stays open',
    specificity: 'finding',
    matches: onFinding(['run-stalled']),
    sharesWith: ['FM-62'],
    candidates: ['a language model or tool that hangs', 'a final event that is not sent'],
    next: ['Look at the last event and the silence since, measured above', ASK_BACKEND],
  },
  {
    id: 'run-late',
    title: 'a run is slower than allowed',
    phase: 'events',
    blame: 'product',
    rule: 'the first event, a pause between two, or the whole run exceeds its budget, and all events come',
    specificity: 'finding',
    matches: onFinding(['first-event-late', 'event-gap-late', 'run-late']),
    sharesWith: ['FM-63'],
    candidates: ['a slow language model or tool', 'an overloaded instance, or a cold start (FM-75)'],
    next: ['Compare with the latency trend of the last nights', 'See which pause took the time, measured above'],
  },
  {
    id: 'FM-61',
    title: 'the agent reports a failure instead of completing',
    phase: 'events',
    blame: 'product',
    rule: 'a run ends with agent_error, agent_failed or another failure',
    specificity: 'finding',
    matches: onFinding(['run-failed']),
    candidates: ['an exception in the agent', 'a quota or a time-out of the language model'],
    next: ['Read the text of the failure, measured above', ASK_BACKEND],
  },
  {
    id: 'FM-65',
    title: 'a message cannot be read, or breaks the WebSocket protocol',
    phase: 'frames',
    blame: 'product',
    rule: 'text that is not JSON, not an object, not UTF-8 or empty, a binary or oversized message, an illegal frame',
    specificity: 'combination',
    matches: onFinding([
      'frame-not-json',
      'frame-not-an-object',
      'frame-binary',
      'frame-empty',
      'frame-not-utf8',
      'frame-too-large',
      'frame-violates-protocol',
    ]),
    candidates: ['a serialisation bug', 'a proxy that writes its own text into the stream'],
    next: ['Look at the excerpt measured above: a traceback or HTML names its author'],
  },
];

function eventsOf({ byName }: Evidence, { entries, connection }: Finding): readonly string[] {
  const [asked = Infinity, , end = Infinity] = entries;
  return allOf(byName.get(connection)?.entries ?? [], 'received')
    .filter(({ index }) => index > asked && index < end)
    .flatMap(({ message }) => message.event ?? []);
}
