import { expect, test } from '@playwright/test';
import { fanOut } from '../../../src/checks/fan-out.ts';
import { codesOf } from './codes.ts';
import type { FakeConnection } from '../histories/fake-history.ts';
import { fakeHistory } from '../histories/fake-history.ts';

const MISSING = 'fan-out-missing';

test('fan-out: what a socket lacks is told in the order of the one that got more', () => {
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

const PRESENT: Readonly<Record<string, readonly [string, (asking: FakeConnection, other: FakeConnection) => void]>> = {
  'a socket that is welcomed after the request': [
    'unknown: not-asked',
    (asking, other) => void [asking.runs('a'), other.ready(), asking.fiveEvents('a')],
  ],
  'a socket that ended before the request': [
    'unknown: not-asked',
    (asking, other) => void [other.ready().closed(1000, '', 'us'), completes(asking)],
  ],
  'a socket that ended after the request': [
    MISSING,
    (asking, other) => void [other.ready(), asking.runs('a'), other.closed(1006), asking.fiveEvents('a')],
  ],
  'a socket that ended after the last event': [
    'holds',
    (asking, other) => void [other.ready(), completes(asking), other.fiveEvents('a').closed(1011)],
  ],
  'a socket that the server ended, and no run': [
    'unknown: not-connected',
    (_asking, other) => void other.ready().closed(1011),
  ],
};

for (const [what, [expected, tell]] of Object.entries(PRESENT)) {
  test(`fan-out: ${what} is ${expected}`, () => {
    const { history, socket } = fakeHistory();
    tell(socket('c1', 'anna').ready(), socket('c2', 'anna'));
    expect(codesOf(fanOut()(history))).toBe(expected);
  });
}
