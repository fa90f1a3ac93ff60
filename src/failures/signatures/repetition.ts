import type { Connection } from '../../history/connections.ts';
import { endingsOf, onEnding, onEndingAnywhere } from './endings.ts';
import type { Evidence } from './evidence.ts';
import { matchOn, onFinding } from './evidence.ts';
import { recurrenceOf } from '../recurrence.ts';
import { onRefused } from './refusals.ts';
import type { Match, Signature } from './signature.ts';

const ENOUGH = 3;
const MANY = 10;
const RATES = ['success-rate-low', 'internal-error-rate-high'] as const;

/** Failures that only several connections together show (failure notes §2.5, rule 3). */
export const REPETITION_SIGNATURES: readonly Signature[] = [
  {
    id: 'FM-33',
    title: 'every connection fails before the welcome, after the same time',
    phase: 'welcome',
    blame: 'product',
    rule: `1011 or HTTP 500 before the welcome on all of at least ${ENOUGH} connections, tightly together: the same line of code`,
    specificity: 'family',
    matches: (evidence) => recurring(evidence, 'deterministic'),
    candidates: ['a NameError or another plain bug since the last deployment'],
    next: ['Check whether it began with the last deployment', 'Do not run again and hope: it will not pass'],
  },
  {
    id: 'FM-79',
    title: 'some connections fail with 1011 before the welcome, others do not',
    phase: 'welcome',
    blame: 'product',
    rule: `1011 or HTTP 500 before the welcome on some of at least ${ENOUGH} connections, or a rate that is too high: a race or a capacity limit`,
    specificity: 'family',
    matches: (evidence) => recurring(evidence, 'intermittent') ?? onFinding(RATES)(evidence),
    candidates: ['several connection managers that compete for redis', 'instances of different revisions'],
    next: ['Count over several nights: one run cannot show a rate', 'Compare users and instances of good and bad ones'],
  },
  {
    id: 'FM-42',
    title: 'a connection that worked is dropped',
    phase: 'close',
    blame: 'product',
    rule: 'closed or cut by the server while it owed an answer to something other than a run',
    specificity: 'finding',
    matches: onEndingAnywhere(
      ({ stage, code, hadAnswered }) => code !== 1000 && stage === 'exchange' && (code !== 1011 || hadAnswered),
    ),
    sharesWith: ['FM-46'],
    candidates: ['a race between accept and the message loop, every few minutes', 'a bad message that ends the loop'],
    next: ['Look at what we had sent last in the attachment "transcript"', 'Repeat over minutes and report the rate'],
  },
  {
    id: 'FM-69',
    title: 'from some connection of a user on, all fail',
    phase: 'welcome',
    blame: 'product',
    rule: 'of at least four connections of one user the first are welcomed, and all after them are not',
    specificity: 'mark',
    matches: (evidence) => matchOn(exhausted(evidence)),
    sharesWith: ['FM-70'],
    candidates: ['connection managers leak until the limit per user is reached (20)', 'clean-up uses another key'],
    next: ['Count the connections of the user before the first failure', 'Try another user: it should work'],
  },
];

function recurring(evidence: Evidence, looks: 'deterministic' | 'intermittent'): Match | undefined {
  const closed = onEnding(({ stage, code }) => stage === 'before-welcome' && code === 1011)(evidence);
  const match = closed ?? onRefused(({ status }) => status === 500)(evidence);
  const recurrence = match === undefined ? undefined : recurrenceOf(evidence.trusted, match.connections);
  return recurrence?.looks === looks ? match : undefined;
}

function exhausted(evidence: Evidence): readonly Connection[] {
  const ended = new Set(endingsOf(evidence).map(({ connection }) => connection.name));
  for (const ofUser of byUser(evidence.trusted).values()) {
    const from = ofUser.findIndex(({ welcome }) => welcome === undefined);
    const later = ofUser.slice(from);
    const all = later.every(({ name, welcome, refused }) => welcome === undefined && (ended.has(name) || refused));
    if (ofUser.length > ENOUGH && from > 1 && (later.length > 1 || from >= MANY) && all) return later;
  }
  return [];
}

function byUser(connections: readonly Connection[]): ReadonlyMap<string, readonly Connection[]> {
  const users = new Map<string, readonly Connection[]>();
  for (const connection of connections) {
    const user = connection.request?.user ?? '';
    users.set(user, [...(users.get(user) ?? []), connection]);
  }
  return users;
}
