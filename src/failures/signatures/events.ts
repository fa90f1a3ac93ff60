import type { Finding } from '../../checks/verdict.ts';
import { allOf } from '../../history/connections.ts';
import type { Evidence } from '../evidence.ts';
import type { Match, Signature } from '../signature.ts';
import { onFinding } from '../signature.ts';

const ASK_BACKEND =
  'Ask the backend developers for the log of this thread and run, named in the attachment "transcript"';
const SEE_RUN =
  'Follow the run in the attachment "timeline" or "transcript"; the marked entries are the ones that count';

/** Runs whose events are incomplete, repeated, in the wrong place or wrong, runs that stop or are slow, and messages that cannot be read (failure notes §2.3). */
export const EVENTS = [
  {
    id: 'FM-55',
    title: 'the events of the tool are missing',
    seen: 'A run completes without `tool_executing` or `tool_completed`, or with only one of them.',
    meaning: 'No tool ran, or its events were not sent. The pinned prompt needs a tool.',
    phase: 'events',
    blame: 'product',
    rule: 'a run completes without tool_executing or tool_completed, or a tool has one half only',
    specificity: 'combination',
    codes: ['event-missing', 'tool-unpaired'],
    only: isOfATool,
    candidates: ['the tool dispatcher is not wrapped, so its events are not sent', 'the prompt needed no tool'],
    next: ['Check that PROMPT cannot be answered without a tool', SEE_RUN],
  },
  {
    id: 'event-missing',
    title: 'a run completes without one of its events',
    seen: 'A run completes without `agent_started` or `agent_thinking`.',
    meaning: 'Users do not see that their request is being worked on.',
    phase: 'events',
    blame: 'product',
    rule: 'agent_completed arrives, agent_started or agent_thinking does not',
    specificity: 'finding',
    codes: ['event-missing'],
    only: (finding) => !isOfATool(finding),
    sharesWith: ['FM-62'],
    candidates: ['the event was sent before the connection was registered', 'a failed send that was not repeated'],
    next: ['See whether other runs of the same test have it', SEE_RUN],
  },
  {
    id: 'FM-56',
    title: 'the events of a run arrive in another order',
    seen: 'An event arrives before one that it should follow, or for the first time after the end.',
    meaning: 'Order is the order of arrival on one connection. Several rounds of thinking and tools are legal.',
    phase: 'events',
    blame: 'product',
    rule: 'by order of arrival on one connection, an event precedes one that it should follow; or arrives only after the end',
    specificity: 'finding',
    matches: (evidence) =>
      onFinding(['event-out-of-order'])(evidence) ?? combination(onFinding(['event-after-end'], isBelated)(evidence)),
    candidates: ['events are emitted by several asynchronous tasks'],
    next: ["Compare the events' own timestamps: if they are in order, the transport is not", SEE_RUN],
  },
  {
    id: 'FM-57',
    title: 'an event of a run arrives twice',
    seen: 'An event arrives twice.',
    meaning: 'There are two senders, or one that sends again.',
    phase: 'events',
    blame: 'product',
    rule: 'the same event, or one that a run sends once only, arrives again',
    specificity: 'finding',
    codes: ['event-duplicated', 'message-replayed-twice'],
    alsoShowsAs: ['event-after-end'],
    candidates: ['several managers or broadcast functions send it', 'a replay after a reconnect', 'a retry of a send'],
    next: ['Compare both texts: identical texts point to a second send, different texts to a second emitter', SEE_RUN],
  },
  {
    id: 'event-after-end',
    title: 'something of a run arrives after its end',
    seen: 'An event of a run arrives after `agent_completed`.',
    meaning: 'The server declares the end too early. A client that stops reading there misses the event.',
    phase: 'events',
    blame: 'product',
    rule: 'an event after agent_completed, within the quiet window',
    specificity: 'finding',
    codes: ['event-after-end'],
    sharesWith: ['FM-56', 'FM-57'],
    candidates: ['a task that is not awaited before the run is declared complete'],
    next: ['See how long after the end it came, measured above', SEE_RUN],
  },
  {
    id: 'FM-58',
    title: 'an event lacks a mandatory field',
    seen: 'An event has no timestamp, or a tool event no tool name.',
    meaning: 'The harness looked at every place where releases put these fields.',
    phase: 'events',
    blame: 'product',
    rule: 'no readable timestamp, or no tool name, at any place where releases put it; a run that is named null; timestamps that run backwards',
    specificity: 'finding',
    codes: ['event-field-missing', 'event-field-unreadable', 'id-null', 'timestamps-backwards'],
    sharesWith: ['FM-59'],
    candidates: ['a bug of the emitter', 'the field moved to a place that no release had before (FM-59)'],
    next: ['Look at the whole event in the attachment "history"', 'Ask whether the shape was changed on purpose'],
  },
  {
    id: 'known-thread-replaced',
    title: 'a run leaves the thread that was made for it',
    seen: 'A thread is made with `POST /api/threads` and asked for; the events of the run name another thread.',
    meaning: 'A person who opens a conversation finds the answer in another one.',
    phase: 'events',
    blame: 'product',
    rule: 'an event names another thread than the one that was made over HTTP and asked for',
    specificity: 'finding',
    codes: ['known-thread-replaced'],
    candidates: ['HTTP and WebSocket do not share their threads', 'the thread is stored after the answer'],
    next: ['Compare both ids, measured above', SEE_RUN],
  },
  {
    id: 'FM-60',
    title: 'a fallback handler invented the events; no agent ran',
    seen: 'All five events, quickly, with the tool `response_generator` or the answer "Agent processed your message".',
    meaning: 'No agent worked on the request. A fallback answers in its place.',
    phase: 'events',
    blame: 'product',
    rule: 'an event carries the tool response_generator, the stock answer, or an emergency mark',
    specificity: 'mark',
    codes: ['canned-response'],
    candidates: ['the agent or its language model is not available, and a fallback hides it'],
    next: ['Look at health for missing services', 'Do not count this run as an answer'],
  },
  {
    id: 'FM-54',
    title: 'the agent starts, and then nothing more comes',
    seen: '`agent_started`, and then silence.',
    meaning: 'The agent hangs in its first step, or its later events do not reach the connection.',
    phase: 'events',
    blame: 'product',
    rule: 'agent_started is the only event of a run, then nothing until the deadline',
    specificity: 'combination',
    codes: ['run-stalled'],
    only: (finding, evidence) => eventsOf(evidence, finding).join(' ') === 'agent_started',
    sharesWith: ['FM-63'],
    candidates: [
      'the agent is stuck at triage',
      'the manager is lost between the agents, so later events are not sent',
    ],
    next: [ASK_BACKEND, 'See whether every run stalls here, or some'],
  },
  {
    id: 'FM-63',
    title: 'a run falls silent in the middle',
    seen: 'Some events, then silence until the deadline. The connection stays open.',
    meaning: 'The last event shows which step does not end.',
    phase: 'events',
    blame: 'product',
    rule: 'some events, then silence until the deadline, and the connection stays open',
    specificity: 'finding',
    codes: ['run-stalled'],
    sharesWith: ['FM-62'],
    candidates: ['a language model or tool that hangs', 'a final event that is not sent'],
    next: ['Look at the last event and the silence since, measured above', ASK_BACKEND],
  },
  {
    id: 'run-late',
    title: 'a run is slower than allowed',
    seen: 'All events arrive, but one of them, or the last, after its budget.',
    meaning: 'The answer is correct, but too slow.',
    phase: 'events',
    blame: 'product',
    rule: 'the first event, a pause between two, or the whole run exceeds its budget, and all events come',
    specificity: 'finding',
    codes: ['first-event-late', 'event-gap-late', 'run-late'],
    sharesWith: ['FM-63'],
    alsoShowsAs: ['harness-lag'],
    candidates: ['a slow language model or tool', 'an overloaded instance, or a cold start (FM-75)'],
    next: ['Compare with the latency trend of the last nights', 'See which pause took the time, measured above'],
  },
  {
    id: 'FM-61',
    title: 'the agent reports a failure instead of completing',
    seen: 'A run ends with `agent_error`, `agent_failed` or another failure, or with an `agent_completed` that says so.',
    meaning: 'The agent itself says that it failed.',
    phase: 'events',
    blame: 'product',
    rule: 'a run ends with agent_error, agent_failed or another failure, or with agent_completed whose status, flags or error say so',
    specificity: 'finding',
    codes: ['run-failed'],
    candidates: ['an exception in the agent', 'a quota or a time-out of the language model'],
    next: ['Read the text of the failure, measured above', ASK_BACKEND],
  },
  {
    id: 'answer-empty',
    title: 'a run completes, and there is no answer to read',
    seen: 'All events of a run arrive, and no completion carries an answer, or an empty one.',
    meaning: 'A person sees an empty chat. The run is no success, whatever its last event is called.',
    phase: 'events',
    blame: 'product',
    rule: 'no completion of the run itself or of its outermost agent carries a text that a person can see',
    specificity: 'finding',
    codes: ['answer-missing', 'answer-empty'],
    candidates: ['the language model answered with nothing', 'the answer is lost between agent and event'],
    next: ['Look at the last event in the attachment "history"', ASK_BACKEND],
  },
  {
    id: 'FM-65',
    title: 'a message cannot be read, or breaks the WebSocket protocol',
    seen: 'A message is not JSON, not an object, not UTF-8, empty, binary, too large or nested too deep, or a frame is illegal.',
    meaning: 'No client can use the message. Several of these defects end the connection.',
    phase: 'frames',
    blame: 'product',
    rule: 'text that is not JSON, not an object, not UTF-8 or empty, a binary or oversized message, an illegal frame',
    specificity: 'combination',
    codes: [
      'frame-not-json',
      'frame-not-an-object',
      'frame-binary',
      'frame-empty',
      'frame-not-utf8',
      'text-mangled',
      'frame-too-large',
      'frame-nested-too-deep',
      'frame-violates-protocol',
    ],
    candidates: ['a serialisation bug', 'a proxy that writes its own text into the stream'],
    next: ['Look at the excerpt measured above: a traceback or HTML shows where it comes from'],
  },
  {
    id: 'flooded',
    title: 'the server sends without end',
    seen: 'More frames, or more bytes, arrive on one connection than MOST_FRAMES or MOST_BYTES allow, and the harness cuts it.',
    meaning: 'No client of the product needs so much; a browser that shows it would stop.',
    phase: 'frames',
    blame: 'product',
    rule: 'one connection receives more than MOST_FRAMES frames, or more than MOST_BYTES bytes',
    specificity: 'combination',
    codes: ['flooded'],
    candidates: ['a loop that sends the same message again and again', 'a retry of a failed send without a pause'],
    next: [
      'Look at the last entries before the cut in the attachment "timeline": what repeats is what loops',
      'If so many messages are meant, raise MOST_FRAMES or MOST_BYTES',
    ],
  },
] as const satisfies readonly Signature[];

function isOfATool({ code, because }: Finding): boolean {
  return code === 'tool-unpaired' || /without tool_(?:executing|completed)/.test(because);
}

/** An event that arrives after the end and not before it is misplaced, not repeated. */
function isBelated({ entries, connection }: Finding, { history, byName }: Evidence): boolean {
  const [end = -1, late = -1] = entries;
  const misplaced = history[late];
  if (misplaced?.kind !== 'received') return false;
  const { event, thread, meaning } = misplaced.message;
  if (meaning === 'other') return false;
  return !allOf(byName.get(connection)?.entries ?? [], 'received').some(
    ({ index, message }) => index < end && message.event === event && message.thread === thread,
  );
}

function combination(match: Match | undefined): Match | undefined {
  return match === undefined ? undefined : { ...match, specificity: 'combination' };
}

function eventsOf({ byName }: Evidence, { entries, connection }: Finding): readonly string[] {
  const [asked = Infinity, , end = Infinity] = entries;
  return allOf(byName.get(connection)?.entries ?? [], 'received')
    .filter(({ index }) => index > asked && index < end)
    .flatMap(({ message }) => message.event ?? []);
}
