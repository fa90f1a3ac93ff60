import type { EntryOf } from '../../history/entry.ts';
import type { JsonObject } from '../../protocol/fields.ts';
import { fieldOf, isJsonObject, levelsOf, withMetadata } from '../../protocol/fields.ts';
import { agentKey } from '../../protocol/message.ts';

type ComparedEvent = EntryOf<'received'>;

/** Fields that two sendings of one event do not share: when, and under which name of the message. */
const STAMP =
  /^(?:\w*timestamp\w*|\w+_at|time|ts|date|server_time|message_id|messageId|msg_id|event_id|eventId|uuid|correlation_id|request_id|trace|trace_id|span_id|attempt|server_id)$/;

const CONTAINERS = ['payload', 'data', 'metadata'];

/** What an event is about, by the spellings of its senders (protocol notes §8.2). */
const CONTENTS = {
  step: ['step_number', 'step', 'step_index'],
  thought: ['reasoning', 'thought', 'thinking'],
  input: ['parameters', 'tool_args', 'params', 'args'],
  output: ['results', 'result', 'output', 'final_response'],
} as const;

/**
 * Whether two events of a run say the same, apart from stamps and the ids of messages: a second sender, or a second sending.
 * What legitimately comes again differs in content or step number. Two senders may use different envelopes; then the step,
 * the thought, the input and the output are compared. A bare `id` of a tool event may be that of the call, so it counts.
 */
export function saysTheSame(a: ComparedEvent, b: ComparedEvent): boolean {
  if (a.text === b.text) return true;
  const [x, y] = [a.message, b.message];
  const differs =
    x.event !== y.event ||
    x.tool !== y.tool ||
    x.toolCall !== y.toolCall ||
    x.thought !== y.thought ||
    x.answer !== y.answer;
  if (differs || !agree(x.run, y.run)) return false;
  const [agent, other] = [agentKey(x), agentKey(y)];
  const isNamed = x.event === 'agent_started' || x.event === 'agent_completed';
  if (isNamed ? agent !== other : !agree(agent, other)) return false;
  const [one, two] = [rootOf(a), rootOf(b)];
  if (envelopeOf(one) !== envelopeOf(two)) return haveOneContent(one, two);
  const keepsId = x.tool !== undefined;
  return stable(withoutStamps(one, keepsId)) === stable(withoutStamps(two, keepsId));
}

/** A name that one of both events leaves out does not distinguish them; where an agent starts or ends it does. */
function agree(a: string | undefined, b: string | undefined): boolean {
  return a === undefined || b === undefined || a === b;
}

function rootOf({ text }: ComparedEvent): JsonObject {
  const root: unknown = JSON.parse(text);
  return isJsonObject(root) ? root : {};
}

function envelopeOf(root: JsonObject): string {
  return CONTAINERS.filter((name) => isJsonObject(root[name])).join();
}

function haveOneContent(one: JsonObject, other: JsonObject): boolean {
  const [a, b] = [contentOf(one), contentOf(other)];
  return (a.thought ?? a.input ?? a.output) !== undefined && stable(a) === stable(b);
}

function contentOf(root: JsonObject): Readonly<Record<keyof typeof CONTENTS, unknown>> {
  const places = withMetadata(levelsOf(root));
  const first = (names: readonly string[]): unknown =>
    fieldOf(places, names) ?? names.flatMap((name) => places.flatMap((place) => place[name] ?? []))[0];
  return {
    step: first(CONTENTS.step),
    thought: first(CONTENTS.thought),
    input: first(CONTENTS.input),
    output: first(CONTENTS.output),
  };
}

function withoutStamps(at: JsonObject, keepsId: boolean): JsonObject {
  const kept = Object.entries(at).filter(([name]) => !STAMP.test(name) && (keepsId || name !== 'id'));
  return Object.fromEntries(
    kept.map(([name, value]) => [
      name,
      CONTAINERS.includes(name) && isJsonObject(value) ? withoutStamps(value, keepsId) : value,
    ]),
  );
}

/** JSON with the names of each object in one order. */
function stable(value: unknown): string {
  return JSON.stringify(value, (_name, inner: unknown) =>
    isJsonObject(inner) ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1))) : inner,
  );
}
