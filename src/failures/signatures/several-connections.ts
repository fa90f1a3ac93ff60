import type { Connection } from '../../history/connections.ts';
import { endingsOf, onEnding, onEndingAnywhere, onRefused } from '../endings.ts';
import type { Evidence } from '../evidence.ts';
import { ENOUGH_TO_TELL, recurrenceOf } from '../recurrence.ts';
import type { Match, Signature } from '../signature.ts';
import { matchOn, onFinding } from '../signature.ts';

/** A limit per user shows only when some connections of one user were welcomed before. */
const ENOUGH_OF_ONE_USER = 4;
const MANY = 10;
const RATES = ['success-rate-low', 'internal-error-rate-high'] as const;

/** Failures that only several connections, or one over time, show (failure notes §2.5, rule 3). */
export const SEVERAL_CONNECTIONS = [
  {
    id: 'FM-33',
    title: 'every connection fails before the welcome, after the same time',
    seen: 'All of at least three connections fail before the welcome, at most 100 ms apart, or a quarter of their median age where that is more.',
    meaning:
      'The failure is deterministic: the same line of code. It stands as an alternative beside the signature of the single connection.',
    phase: 'welcome',
    blame: 'product',
    rule: `1011 or HTTP 500 before the welcome on all of at least ${ENOUGH_TO_TELL} connections, after the same time: the same line of code`,
    specificity: 'family',
    matches: (evidence) => recurring(evidence, 'deterministic'),
    candidates: ['a NameError or another plain bug since the last deployment'],
    next: ['Check whether it began with the last deployment', 'Do not just run it again: it fails every time'],
  },
  {
    id: 'FM-79',
    title: 'some connections fail with 1011 before the welcome, others do not',
    seen: 'Some of at least three connections fail with 1011 or HTTP 500 before the welcome.',
    meaning:
      'The failure is not deterministic: a race, a limit of capacity, or instances that differ. Ten connections without a failure still allow a rate of 26 %.',
    phase: 'welcome',
    blame: 'product',
    rule: `1011 or HTTP 500 before the welcome on some of at least ${ENOUGH_TO_TELL} connections, or a rate that is too high: a race or a capacity limit`,
    specificity: 'family',
    matches: (evidence) => recurring(evidence, 'intermittent') ?? onFinding(RATES)(evidence),
    candidates: ['several connection managers that compete for redis', 'instances of different revisions'],
    next: ['Count over several nights: one run cannot show a rate', 'Compare users and instances of good and bad ones'],
  },
  {
    id: 'FM-42',
    title: 'a connection that worked is dropped',
    seen: 'The server ends a connection while it owes an answer to a message that asked for no run.',
    meaning:
      'The connection was in use. When it happens again and again, it is the race that drops connections every few minutes.',
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
    seen: 'The first connections of a user work. From one connection on, none does.',
    meaning: 'Each connection uses up something that its close does not give back.',
    phase: 'welcome',
    blame: 'product',
    rule: 'of at least four connections of one user the first are welcomed, and all after them are not',
    specificity: 'mark',
    matches: (evidence) => matchOn(exhausted(evidence)),
    sharesWith: ['FM-70'],
    candidates: ['connection managers leak until the limit per user is reached (20)', 'clean-up uses another key'],
    next: ['Count the connections of the user before the first failure', 'Try another user: it should work'],
  },
] as const satisfies readonly Signature[];

function recurring(evidence: Evidence, looks: 'deterministic' | 'intermittent'): Match | undefined {
  const closed = onEnding(({ stage, code }) => stage === 'before-welcome' && code === 1011)(evidence);
  const match = closed ?? onRefused(({ status }) => status === 500)(evidence);
  const recurrence = match === undefined ? undefined : recurrenceOf(evidence.trusted, match.connections);
  return recurrence?.looks === looks ? match : undefined;
}

/** The connections of a user from the first that was not welcomed on, when all before it were and none after it. */
function exhausted(evidence: Evidence): readonly Connection[] {
  const ended = new Set(endingsOf(evidence).map(({ connection }) => connection.name));
  for (const ofUser of byUser(evidence.trusted).values()) {
    const from = ofUser.findIndex(({ welcome }) => welcome === undefined);
    const later = ofUser.slice(from);
    const all = later.every(({ name, welcome, refused }) => welcome === undefined && (ended.has(name) || refused));
    if (ofUser.length >= ENOUGH_OF_ONE_USER && from > 1 && (later.length > 1 || from >= MANY) && all) return later;
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
