import { expect, test } from '@playwright/test';
import { fanOut } from '../../../src/checks/fan-out.ts';
import type { FakeConnection, FakeHistory } from '../histories/fake-history.ts';
import { fakeHistory } from '../histories/fake-history.ts';
import { events } from '../histories/run-letters.ts';
import { codesOf, judgesTo } from './judges-to.ts';

const MISSING = 'fan-out-missing';

test('fan-out: what a socket lacks is reported in the order of the one that got more', () => {
  const { history, socket } = fakeHistory();
  const [asking, watching] = [socket('c1', 'anna').ready(), socket('c2', 'anna').ready()];
  asking.runs('a').event('a', 'agent_started').event('a', 'agent_thinking').event('a', 'agent_completed');
  watching.event('a', 'agent_started').event('a', 'agent_completed');
  expect(fanOut()(history)).toMatchObject({
    check: 'fan-out',
    holds: false,
    findings: [
      {
        code: MISSING,
        blame: 'product',
        expected: 'agent_started → agent_thinking → agent_completed',
        found: 'agent_started → agent_completed',
        because: 'run a: c2 lacks agent_thinking, which c1 of the same user got',
        entries: [6, 10, 11],
        connection: 'c2',
      },
    ],
  });
});

test('fan-out: an event that came once where it came twice elsewhere is lacking', () => {
  const { history, socket } = fakeHistory();
  const [asking, watching] = [socket('c1', 'anna').ready(), socket('c2', 'anna').ready()];
  asking.runs('a').event('a', 'agent_started').event('a', 'agent_thinking').event('a', 'agent_thinking');
  watching.event('a', 'agent_started').event('a', 'agent_thinking');
  expect(fanOut()(history)).toMatchObject({
    findings: [{ code: MISSING, because: 'run a: c2 lacks agent_thinking, which c1 of the same user got' }],
  });
});

test('fan-out: the failure of a run reaches every socket too, by its own name', () => {
  const { history, socket } = fakeHistory();
  const [asking] = [socket('c1', 'anna').ready(), socket('c2', 'anna').ready()];
  asking.runs('a').event('a', 'agent_error');
  expect(fanOut()(history)).toMatchObject({
    findings: [{ code: MISSING, because: 'run a: c2 lacks agent_error, which c1 of the same user got' }],
  });
});

test('fan-out: where no socket got anything each of them is a doubt that cites the request', () => {
  const { history, socket } = fakeHistory();
  const [asking] = [socket('c1', 'anna').ready(), socket('c2', 'anna').ready()];
  asking.runs('a').quiet();
  const doubt = { code: 'not-served', because: 'run a: no socket of the user got any event', entries: [6] };
  expect(fanOut()(history)).toMatchObject({
    holds: 'unknown',
    findings: [
      { ...doubt, connection: 'c1' },
      { ...doubt, connection: 'c2' },
    ],
  });
});

const completes = (asking: FakeConnection): FakeConnection => asking.runs('a').fiveEvents('a');

/** Two connections of one user: the first is ready, the second does what the case says. */
const secondOfAnna =
  (record: (asking: FakeConnection, other: FakeConnection) => void) =>
  ({ socket }: FakeHistory): void =>
    record(socket('c1', 'anna').ready(), socket('c2', 'anna'));

judgesTo('fan-out', fanOut(), [
  {
    title: 'a socket that is welcomed after the request',
    gives: 'unknown: not-asked',
    history: secondOfAnna((asking, other) => void [asking.runs('a'), other.ready(), asking.fiveEvents('a')]),
  },
  {
    title: 'a socket that ended before the request',
    gives: 'unknown: not-asked',
    history: secondOfAnna((asking, other) => void [other.ready().closed(1000, '', 'us'), completes(asking)]),
  },
  {
    title: 'a socket that ended after the request',
    gives: MISSING,
    history: secondOfAnna(
      (asking, other) => void [other.ready(), asking.runs('a'), other.closed(1006), asking.fiveEvents('a')],
    ),
  },
  {
    title: 'a socket that ended after the last event',
    gives: 'holds',
    history: secondOfAnna(
      (asking, other) => void [other.ready(), completes(asking), other.fiveEvents('a').closed(1011)],
    ),
  },
  {
    title: 'a socket that the server ended, and no run',
    gives: 'unknown: not-connected',
    history: secondOfAnna((_asking, other) => void other.ready().closed(1011)),
  },
  {
    title: 'as many events, but other ones',
    gives: 'fan-out-missing fan-out-missing',
    history: ({ socket }) => {
      const [asking, watching] = [socket('c1', 'anna').ready(), socket('c2', 'anna').ready()];
      events(asking.runs('one'), 'STXCD');
      events(watching, 'STTTD');
    },
  },
  {
    title: 'a run of which no connection gets an event',
    gives: 'unknown: not-served not-served',
    history: ({ socket }) => {
      const [asking] = [socket('c1', 'anna').ready(), socket('c2', 'anna').ready()];
      asking.runs('one');
    },
  },
]);

test('fan-out: a socket of the user that gets less than another is reported', () => {
  const { history, socket } = fakeHistory();
  const [asking, watching] = [socket('c1', 'anna').ready(), socket('c2', 'anna').ready()];
  asking.runs('a').event('a', 'agent_started');
  watching.event('a', 'agent_started');
  asking.event('a', 'agent_completed');
  expect(codesOf(fanOut()(history))).toBe('fan-out-missing');
  watching.event('a', 'agent_completed');
  expect(codesOf(fanOut()(history))).toBe('holds');
});

test('fan-out: one socket alone shows nothing', () => {
  const { history, socket } = fakeHistory();
  socket('c1', 'anna').ready().runs('a').fiveEvents('a');
  expect(codesOf(fanOut()(history))).toBe('unknown: not-asked');
});

test('fan-out: the asking socket may be the one that gets too little', () => {
  const { history, socket } = fakeHistory();
  const [asking, newest] = [socket('c1', 'anna').ready(), socket('c2', 'anna').ready()];
  asking.runs('a');
  newest.event('a', 'agent_started');
  const verdict = fanOut()(history);
  expect(verdict.holds === false ? verdict.findings.map(({ code, connection }) => [code, connection]) : []).toEqual([
    ['fan-out-missing', 'c1'],
  ]);
});
