import type { Connection } from '../../history/connections.ts';
import { allOf } from '../../history/connections.ts';
import type { EntryOf, History } from '../../history/entry.ts';
import { rungOf } from './milestones.ts';

/** The probes that say how the service feels; `afterwards-health` is made when a connection was refused. */
export const HEALTH_PROBES = ['health', 'api-health', 'afterwards-health'];

const EXCERPT_CHARACTERS = 160;

/** What can be measured of any connection: how far it came, what arrived, how it ended. One fact per line. */
export function measuredOf(connection: Connection, history: History): readonly string[] {
  const { name } = connection;
  return [
    `${name} got as far as this: ${rungOf(connection, history).passed}`,
    ...refusal(connection),
    ...lifetime(connection),
    ...frames(connection),
  ];
}

function refusal({ name, request, answer, opened, refused }: Connection): readonly string[] {
  if (opened !== undefined || request === undefined) return [];
  const end = answer ?? refused;
  const after = end === undefined ? '' : ` after ${ms(end.atMs - request.atMs)}`;
  if (answer === undefined) return refused === undefined ? [] : [`${name} failed${after}: ${refused.because}`];
  const server = answer.headers['server'];
  const from = server === undefined ? '' : `, server ${server}`;
  return [`${name} was answered with HTTP ${answer.status}${after}${from}, ${bodyOf(answer.body)}`];
}

function lifetime({ name, opened, welcome, closed }: Connection): readonly string[] {
  if (opened === undefined) return [];
  const selected = opened.subprotocol === '' ? 'no subprotocol' : `subprotocol ${opened.subprotocol}`;
  const welcomed = welcome === undefined ? [] : [`${name} open → welcome: ${ms(welcome.atMs - opened.atMs)}`];
  if (closed === undefined || closed.by === 'us') return welcomed;
  const reason = closed.reason === '' ? 'without a reason' : JSON.stringify(closed.reason);
  return [
    ...welcomed,
    `${name} open → close: ${ms(closed.atMs - opened.atMs)}, with ${selected}`,
    `${name} close code ${closed.code} ${reason}, not by us`,
  ];
}

function frames({ name, opened, entries, closed }: Connection): readonly string[] {
  if (opened === undefined) return [];
  const received = allOf(entries, 'received');
  const last = received.at(-1);
  if (last === undefined) return [`${name} received 0 messages`];
  const what = last.message.event ?? (last.message.type === '' ? 'a message without a type' : last.message.type);
  const error = last.message.errorText === undefined ? '' : ` (${last.message.errorText})`;
  const before = closed?.by === 'them' ? `, ${ms(closed.atMs - last.atMs)} before the end` : '';
  return [
    `${name} received ${received.length === 1 ? '1 message' : `${received.length} messages`}, the last ${what}${error} (#${last.index})${before}`,
  ];
}

/** How the service said it was, nearest to the failure. */
export function healthAtTheTime(history: History): string {
  const probe = allOf(history, 'probe').findLast(({ name }) => HEALTH_PROBES.includes(name));
  return probe === undefined ? 'health at the time: not asked in this test' : `health at the time: ${probed(probe)}`;
}

/** One probe and its answer, as a line. */
export function probed({ target, status, error, found, body, durationMs }: EntryOf<'probe'>): string {
  const answer = error ?? found ?? `HTTP ${status}, ${bodyOf(body)}`;
  return `${target} → ${answer}, in ${ms(durationMs)}`;
}

function bodyOf(body: string | undefined): string {
  if (body === undefined || body === '') return 'no body';
  const oneLine = body.trim().replaceAll(/\s+/g, ' ');
  const cut = oneLine.length > EXCERPT_CHARACTERS ? `${oneLine.slice(0, EXCERPT_CHARACTERS)}…` : oneLine;
  return `body of ${body.length} characters: ${cut}`;
}

function ms(value: number): string {
  return `${Math.round(value)} ms`;
}
