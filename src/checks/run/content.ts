import type { EntryOf } from '../../history/entry.ts';
import type { Message } from '../../protocol/message.ts';
import type { Judgement } from '../judgement.ts';
import type { OrderMode } from './order.ts';
import { roleOf } from './order.ts';
import type { RunSubject } from './subject.ts';
import { called, reportRun } from './subject.ts';

/**
 * Which fields an event must carry. The product has two rules that contradict each other (protocol notes §8.3), so a test chooses:
 * `lenient` is what every version sends, `validator` is the rule of beta-14, `schema` the rule of beta-17.
 */
export const STRICTNESSES = ['lenient', 'validator', 'schema'] as const;

export type Strictness = (typeof STRICTNESSES)[number];

type Field = 'timestamp' | 'tool_name' | 'run_id' | 'agent_name' | 'user_id' | 'thread_id';

const VALUE: Readonly<Record<Field, (message: Message) => unknown>> = {
  timestamp: ({ timestampMs }) => timestampMs,
  tool_name: ({ tool }) => tool,
  run_id: ({ run }) => run,
  agent_name: ({ agent }) => agent,
  user_id: ({ user }) => user,
  thread_id: ({ thread }) => thread,
};

const OF_EVERY_EVENT: Readonly<Record<Strictness, readonly Field[]>> = {
  lenient: ['timestamp'],
  validator: ['timestamp', 'run_id', 'agent_name'],
  schema: ['timestamp', 'run_id', 'agent_name', 'user_id', 'thread_id'],
};

export interface ContentRules {
  readonly order: OrderMode;
  readonly strictness: Strictness;
}

/**
 * Every event carries its mandatory fields, and none was fabricated by a fallback handler. A timestamp that is missing on an
 * event that names its run or thread is a note: servers leave it out where a run itself starts and ends (protocol notes §8.3,
 * observed on beta-9). In exact order that is so for these two events alone.
 */
export function judgeContent(judging: Judgement, subject: RunSubject, { order, strictness }: ContentRules): void {
  const events = subject.events.filter(({ message }) => message.event !== undefined);
  const undated = events.filter(
    ({ message, text }) => strictness === 'lenient' && isUndated(message, text) && mayBeUndated(message, order),
  );
  for (const entry of events)
    judgeFields(judging, subject, entry, undated.includes(entry) ? [] : OF_EVERY_EVENT[strictness], strictness);
  noteUndated(judging, subject, undated);
  if (strictness === 'lenient') judgeRunIds(judging, subject, events);
  judgeTimestamps(judging, subject, events);
  const canned = subject.events.find(({ message }) => message.canned === true);
  if (canned === undefined) return;
  const because = `${called(canned)} carries the mark of the fallback handler: no agent answered`;
  reportRun(judging, subject, 'canned-response', {
    expected: 'events of a real agent',
    because,
    entries: [canned.index],
  });
}

/** A time that is there and cannot be read is not missing. */
function isUndated({ timestampMs }: Message, text: string): boolean {
  return timestampMs === undefined && !/"(?:timestamp|server_time)"\s*:\s*(?!null\b)/.test(text);
}

function mayBeUndated(message: Message, order: OrderMode): boolean {
  if (order === 'exact') return roleOf(message) === 'run' && message.run !== undefined;
  return message.run !== undefined || message.thread !== undefined;
}

function noteUndated(judging: Judgement, { name }: RunSubject, undated: readonly EntryOf<'received'>[]): void {
  if (undated.length === 0) return;
  const because = `${name}: no timestamp in ${undated.map(called).join(', ')}`;
  judging.note({ code: 'timestamp-missing', because, entries: undated.map(({ index }) => index) });
}

function judgeFields(
  judging: Judgement,
  subject: RunSubject,
  entry: EntryOf<'received'>,
  ofEveryEvent: readonly Field[],
  strictness: Strictness,
): void {
  const ofTool = entry.message.event === 'tool_executing' || entry.message.event === 'tool_completed';
  const mandatory = [...ofEveryEvent, ...(ofTool ? (['tool_name'] as const) : [])];
  const missing = mandatory.filter((field) => VALUE[field](entry.message) === undefined);
  if (missing.length === 0) return;
  const unreadable = missing.includes('timestamp') ? unreadableTime(entry) : undefined;
  if (unreadable !== undefined) {
    reportRun(judging, subject, 'event-field-unreadable', {
      expected: 'a timestamp in seconds, in milliseconds or in ISO 8601',
      because: `${called(entry)} carries the timestamp ${unreadable}, which is none of the known forms`,
      entries: [entry.index],
      found: unreadable,
    });
    return;
  }
  const because = `${called(entry)} carries no readable ${missing.join(', ')}`;
  const expected = `${mandatory.join(', ')} (${strictness})`;
  reportRun(judging, subject, 'event-field-missing', {
    expected,
    because,
    entries: [entry.index],
    found: `no ${missing.join(', ')}`,
  });
}

/** A name of a run that is none, also as a careless conversion writes it. */
const NULL_RUN = /"run_?[iI]d"\s*:\s*(?:null\b|""|"(?:null|None|undefined)")/;

/** Where the events of a run name it, none of them calls it null. An event may leave the name out (protocol notes §8.1). */
function judgeRunIds(judging: Judgement, subject: RunSubject, events: readonly EntryOf<'received'>[]): void {
  const unnamed = events.filter(({ message, text }) => isUnnamed(message) && NULL_RUN.test(text));
  const naming = events.find(({ message }) => !isUnnamed(message));
  if (unnamed.length === 0 || naming === undefined) return;
  const because = `${unnamed.map(called).join(', ')} names no run: run_id is null; ${called(naming)} names ${naming.message.run}`;
  reportRun(judging, subject, 'id-null', {
    expected: `run_id ${naming.message.run}`,
    found: 'null',
    because,
    entries: [naming, ...unnamed].map(({ index }) => index),
  });
}

function isUnnamed({ run }: Message): boolean {
  return run === undefined || run === 'null' || run === 'None' || run === 'undefined';
}

const TIME_FIELD = /"(?:timestamp|server_time)"\s*:\s*(?!null\b)("(?:[^"\\]|\\.)*"|[^,}\s]+)/;

/** The value of a timestamp that is there and cannot be read. */
function unreadableTime({ text }: EntryOf<'received'>): string | undefined {
  return TIME_FIELD.exec(text)?.[1];
}

/** Clocks of two instances differ by less; whole quarters of an hour are time zones. */
const TOLERANCE_MS = 1000;
const ZONE_STEP_MS = 900_000;

/**
 * The timestamps of a run do not run backwards by more than a second, because a page that sorts by them would show the run in
 * another order than it happened. A step by whole quarters of an hour is a note: two spellings of one time, one without its
 * zone.
 */
function judgeTimestamps(judging: Judgement, subject: RunSubject, events: readonly EntryOf<'received'>[]): void {
  let latest: EntryOf<'received'> | undefined;
  for (const entry of events) {
    const backMs = (latest?.message.timestampMs ?? -Infinity) - (entry.message.timestampMs ?? Infinity);
    if (latest === undefined || backMs <= TOLERANCE_MS) {
      if (backMs <= 0 && entry.message.timestampMs !== undefined) latest = entry;
      continue;
    }
    const entries = [latest.index, entry.index];
    const because = `${called(entry)} says that it is ${Math.round(backMs)} ms older than ${called(latest)}, which came before it`;
    const apartMs = backMs + entry.atMs - latest.atMs;
    const offZoneMs = Math.abs(apartMs - Math.round(apartMs / ZONE_STEP_MS) * ZONE_STEP_MS);
    if (apartMs >= ZONE_STEP_MS - TOLERANCE_MS && offZoneMs <= TOLERANCE_MS) {
      const zone = `${subject.name}: ${because}: the times differ by whole time zones`;
      return judging.note({ code: 'timestamp-zone', because: zone, entries });
    }
    return reportRun(judging, subject, 'timestamps-backwards', {
      expected: 'timestamps in the order of the events',
      found: `${Math.round(backMs)} ms backwards`,
      because,
      entries,
    });
  }
}
