import { expect, test } from '@playwright/test';
import { deadlineFor, describeEnd } from '../../../src/checks/subjects.ts';
import { connectionsOf } from '../../../src/history/connections.ts';
import { fakeHistory } from '../histories/fake-history.ts';

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
