import type { Phase } from '../checks/blame.ts';
import type { Connection } from '../history/connections.ts';
import { allOf } from '../history/connections.ts';
import type { EntryOf, History } from '../history/entry.ts';
import type { Run } from '../history/runs.ts';
import { runsOf } from '../history/runs.ts';
import { describeBody } from './probes.ts';

/**
 * The milestones of a connection in order, each with the phase that it opens: what ends a connection after its last milestone
 * falls in that phase (failure notes §2.5, rule 2).
 */
export const MILESTONES = {
  asked: 'dns',
  resolved: 'tcp',
  connected: 'tls',
  requested: 'upgrade',
  answered: 'upgrade',
  opened: 'welcome',
  welcomed: 'ping',
  ponged: 'close',
  'run requested': 'request',
  'event received': 'events',
  'run ended': 'close',
} as const satisfies Readonly<Record<string, Phase>>;

export type Milestone = keyof typeof MILESTONES;

/** The last milestone that a connection passed. */
export interface LastMilestone {
  readonly milestone: Milestone;
  readonly phase: Phase;
  /** The milestone as a sentence, with what makes it one of its kind. */
  readonly passed: string;
}

/** The last milestone that a connection passed; of several runs the last counts. */
export function lastMilestoneOf(connection: Connection, history: History): LastMilestone {
  const { answer, opened, welcome, entries } = connection;
  if (opened === undefined) {
    if (answer === undefined) return lastStageOf(connection);
    return milestone('answered', `the upgrade request was answered with HTTP ${answer.status}`);
  }
  if (welcome === undefined) return milestone('opened', 'the connection was accepted');
  const run = runsOf(history).runs.findLast((candidate) => candidate.connection === connection.name);
  if (run !== undefined) return lastMilestoneOfRun(run, connection);
  const ponged = entries.some((entry) => entry.kind === 'received' && entry.message.meaning === 'pong');
  return ponged ? milestone('ponged', 'a ping was answered') : milestone('welcomed', 'it was welcomed');
}

/** Before the answer: the stages of the network. Where none is recorded, the failure itself says how far it got. */
function lastStageOf({ reached, request, refused }: Connection): LastMilestone {
  const isSecure = request?.url.startsWith('wss:') === true;
  if (reached?.stage === 'resolved') return milestone('resolved', `the name was resolved to ${reached.found}`);
  if (reached?.stage === 'connected' && isSecure) return milestone('connected', `TCP connected to ${reached.found}`);
  if (reached !== undefined) return milestone('requested', 'the upgrade request was sent');
  if (refused?.code === undefined) return milestone('requested', 'the upgrade request was sent');
  return milestone('asked', 'the connection was asked for');
}

function lastMilestoneOfRun(run: Run, { name }: Connection): LastMilestone {
  const delivery = run.deliveries.get(name);
  const last = delivery?.entries.at(-1);
  if (delivery === undefined || last === undefined) return milestone('run requested', 'an agent was asked');
  if (delivery.terminal !== undefined) return milestone('run ended', `a run ended with ${typeOf(delivery.terminal)}`);
  return milestone('event received', `event ${delivery.entries.length} of a run, ${typeOf(last)}`);
}

function milestone(name: Milestone, passed: string): LastMilestone {
  return { milestone: name, phase: MILESTONES[name], passed };
}

function typeOf({ message }: EntryOf<'received'>): string {
  return message.event ?? message.type;
}

/** What can be measured of any connection: its last milestone, what arrived, how it ended. One fact per line. */
export function measuredOf(connection: Connection, history: History): readonly string[] {
  const { name } = connection;
  return [
    `${name} got as far as this: ${lastMilestoneOf(connection, history).passed}`,
    ...refusal(connection),
    ...lifetime(connection),
    ...messages(connection),
  ];
}

function refusal({ name, request, answer, opened, refused }: Connection): readonly string[] {
  if (opened !== undefined || request === undefined) return [];
  const end = answer ?? refused;
  const after = end === undefined ? '' : ` after ${ms(end.atMs - request.atMs)}`;
  if (answer === undefined) return refused === undefined ? [] : [`${name} failed${after}: ${refused.because}`];
  const server = answer.headers['server'];
  const from = server === undefined ? '' : `, server ${server}`;
  return [`${name} was answered with HTTP ${answer.status}${after}${from}, ${describeBody(answer.body)}`];
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

function messages({ name, opened, entries, closed }: Connection): readonly string[] {
  if (opened === undefined) return [];
  const received = allOf(entries, 'received');
  const last = received.at(-1);
  if (last === undefined) return [`${name} received 0 messages`];
  const what = last.message.event ?? (last.message.type === '' ? 'a message without a type' : last.message.type);
  const error = last.message.errorText === undefined ? '' : ` (${last.message.errorText})`;
  const before = closed?.by === 'them' ? `, ${ms(closed.atMs - last.atMs)} before the end` : '';
  const count = received.length === 1 ? '1 message' : `${received.length} messages`;
  return [`${name} received ${count}, the last ${what}${error} (#${last.index})${before}`];
}

function ms(value: number): string {
  return `${Math.round(value)} ms`;
}
