import { welcome } from '../../../src/checks/welcome.ts';
import type { FakeHistory } from '../histories/fake-history.ts';
import { BUDGETS } from '../histories/budgets.ts';
import { judgesTo } from './judges-to.ts';

/** Connections that open at 100 ms, each welcomed after so many milliseconds. */
const welcomedAfter =
  (...waits: readonly number[]) =>
  ({ socket, at }: FakeHistory): void => {
    const sockets = waits.map((_, position) => socket(`c${position + 1}`).asks());
    for (const each of sockets) {
      at(100);
      each.opens();
    }
    for (const [position, tookMs] of waits.entries()) {
      at(100 + tookMs);
      sockets[position]?.welcomed();
    }
  };

const reportedAs = (because: string) => ({ findings: [{ code: 'welcome-late', because }] });

/** beta-9 was observed to block for a second for each new connection. */
judgesTo('welcome', welcome(BUDGETS), [
  {
    title: 'late welcomes that grow evenly are one finding with its law',
    verdict: reportedAs(
      '4 of 4 welcomes came late: c1 1000 ms, c2 2000 ms, c3 3000 ms, c4 4000 ms after the upgrade; 200 ms are allowed; each further user waits 1.0 s more: they are served one by one; no lag of our own was seen in that time',
    ),
    history: welcomedAfter(1000, 2000, 3000, 4000),
  },
  {
    title: 'late welcomes that come together in the end are one finding with the share of each',
    verdict: reportedAs(
      '4 of 4 welcomes came late: c1 4000 ms, c2 4000 ms, c3 4100 ms, c4 4100 ms after the upgrade; 200 ms are allowed; 4 connected together and the last waited 4.1 s, as it is when each further user waits 1.0 s more: they are served one by one; no lag of our own was seen in that time',
    ),
    history: welcomedAfter(4000, 4000, 4100, 4100),
  },
  {
    title: 'two late welcomes are one finding without a law',
    verdict: reportedAs(
      '2 of 2 welcomes came late: c1 1000 ms, c2 2000 ms after the upgrade; 200 ms are allowed; no lag of our own was seen in that time',
    ),
    history: welcomedAfter(1000, 2000),
  },
  { title: 'one late welcome among three', gives: 'welcome-late', history: welcomedAfter(10, 20, 3000) },
]);
