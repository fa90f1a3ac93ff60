import { expect, test } from '@playwright/test';
import { judgement } from '../../../src/checks/judgement.ts';
import type { Judgement } from '../../../src/checks/judgement.ts';
import {
  deadlineFor,
  describeEnd,
  doubtUnasked,
  openedSubjects,
  trusted,
  welcomedSubjects,
} from '../../../src/checks/subjects.ts';
import type { Finding } from '../../../src/checks/verdict.ts';
import { findingsOf } from '../../../src/checks/verdict.ts';
import type { Connection } from '../../../src/history/connections.ts';
import { connectionsOf } from '../../../src/history/connections.ts';
import type { History } from '../../../src/history/entry.ts';
import type { FakeConnection } from '../histories/fake-history.ts';
import { fakeHistory } from '../histories/fake-history.ts';

type BuildSubjects = (c1: FakeConnection) => unknown;

function recorded(record: BuildSubjects): History {
  const { history, socket } = fakeHistory();
  record(socket('c1'));
  return history;
}

/** What is doubted of a history, and which of its connections are left to judge. */
function judged(record: BuildSubjects, judge: Judge) {
  const judging = judgement('a check', 'what is promised');
  const left = judge(judging, recorded(record)).map(({ name }) => name);
  const verdict = judging.verdict('');
  return { left, doubts: findingsOf(verdict).filter(({ code }) => code !== 'not-asked') };
}

const DOUBT = { expected: 'what is promised', found: 'nothing to judge', connection: 'c1' } as const;
const NOT_CONNECTED = { ...DOUBT, code: 'not-connected' } as const;
const NOT_WELCOMED = { ...DOUBT, code: 'not-welcomed', blame: 'product' } as const;

const STILL_UNANSWERED = 'the upgrade was still unanswered when the test ended';
const NOT_FOUND = 'the upgrade was answered with HTTP 500, no body';

const SERVER_CLOSED = 'nothing could be asked: the server closed with 1011 without a reason 20 ms after it opened';

type Judge = (judging: Judgement, history: History) => readonly Connection[];

const unasked: Judge = (judging, history) => {
  for (const connection of connectionsOf(history)) doubtUnasked(judging, connection);
  return [];
};

/** Which subjects are judged, what is recorded, whether the connection is left to judge or out, and the doubt if there is one. */
const SUBJECTS: Readonly<Record<string, readonly [Judge, BuildSubjects, 'left' | 'out', Finding?]>> = {
  'a connection that opened is left to judge': [openedSubjects, (c1) => c1.asks().opens(), 'left'],
  'a connection whose upgrade stays unanswered is a doubt': [
    openedSubjects,
    (c1) => c1.asks(),
    'out',
    { ...NOT_CONNECTED, blame: 'environment', because: STILL_UNANSWERED, entries: [0] },
  ],
  'a connection that is refused is a doubt that blames as the refusal does': [
    openedSubjects,
    (c1) => c1.asks().refused(500),
    'out',
    { ...NOT_CONNECTED, blame: 'product', because: NOT_FOUND, entries: [1, 2] },
  ],
  'a connection that presents a bad credential is not even a doubt': [
    openedSubjects,
    (c1) => c1.asks('expired').refused(401),
    'out',
  ],
  'an open connection that is welcomed is left to judge': [welcomedSubjects, (c1) => c1.ready(), 'left'],
  'an open connection without a welcome is a doubt that cites its latest entry': [
    welcomedSubjects,
    (c1) => c1.asks().opens().receives({ type: 'a' }).receives({ type: 'b' }),
    'out',
    { ...NOT_WELCOMED, because: 'no welcome arrived', entries: [1, 3] },
  ],
  'an open connection that ends without a welcome is a doubt that cites the end': [
    welcomedSubjects,
    (c1) => c1.asks().opens().closed(1000, 'bye', 'us').quiet(),
    'out',
    {
      ...NOT_WELCOMED,
      because: 'no welcome arrived: we closed with 1000 "bye" 10 ms after it opened',
      entries: [1, 2],
    },
  ],
  'what was not asked on a connection that was ready and stayed open is the test': [unasked, (c1) => c1.ready(), 'out'],
  'what was not asked on a connection that was ready until we closed it is the test': [
    unasked,
    (c1) => c1.ready().closed(1000, '', 'us'),
    'out',
  ],
  'what was not asked on a connection that the server closed is the product': [
    unasked,
    (c1) => c1.ready().closed(1011),
    'out',
    { ...NOT_CONNECTED, blame: 'product', because: SERVER_CLOSED, entries: [1, 3] },
  ],
  'what was not asked on a connection that never became ready is the product': [
    unasked,
    (c1) => c1.asks().opens().quiet(),
    'out',
    { ...NOT_WELCOMED, because: 'nothing could be asked', entries: [1, 2] },
  ],
};

for (const [name, [judge, record, subject, ...doubts]] of Object.entries(SUBJECTS)) {
  test(`subjects: ${name}`, () => {
    expect(judged(record, judge)).toEqual({ left: subject === 'left' ? ['c1'] : [], doubts });
  });
}

test('subjects: a scope leaves out the connections that it does not name, without a doubt', () => {
  const { history, socket } = fakeHistory();
  for (const name of ['c1', 'c2', 'c3']) socket(name).ready();
  expect(trusted(history, { of: ['c3', 'c1'] }).map(({ name }) => name)).toEqual(['c1', 'c3']);
  expect(trusted(history).map(({ name }) => name)).toEqual(['c1', 'c2', 'c3']);
});

test('subjects: the end of a connection that never opened has no age, and an open one no end', () => {
  const { history, socket } = fakeHistory();
  socket('c1').asks().closed(1006);
  socket('c2').ready();
  expect(connectionsOf(history).map(describeEnd)).toEqual([': the server closed with 1006 without a reason', '']);
});

test('subjects: a deadline counts for what was awaited, and from an entry on', () => {
  const { history, socket } = fakeHistory();
  socket('c1').deadline('pong').deadline('close').deadline('pong').quiet();
  const found = connectionsOf(history).flatMap((c1) => [
    deadlineFor(c1, 'pong'),
    deadlineFor(c1, 'close'),
    deadlineFor(c1, 'pong', 2),
    deadlineFor(c1, 'pong', 3),
  ]);
  expect(found.map((deadline) => deadline?.index)).toEqual([0, 1, 2, undefined]);
});
