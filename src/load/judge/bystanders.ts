import type { Judgement } from '../../checks/judgement.ts';
import { pair } from '../../checks/ping-pairs.ts';
import { deadlineFor, describeEnd, trusted } from '../../checks/subjects.ts';
import type { History } from '../../history/entry.ts';

const PROMISE = 'whoever keeps a limit does not feel that somebody else exceeds it';

/** Judges the sockets that keep every limit: they live, and answer each ping. `offenders` are the names of the others. */
export function judgeBystanders(judging: Judgement, history: History, offenders: ReadonlySet<string>): void {
  for (const connection of trusted(history).filter(({ name }) => !offenders.has(name))) {
    const { name, closed, welcome } = connection;
    if (welcome === undefined) continue;
    const pings = pair(connection, 'ping', 'pong').pairs;
    const unanswered = pings.find(({ ping, pong }) => {
      return pong === undefined && deadlineFor(connection, 'pong', ping.index) !== undefined;
    });
    if (closed?.by !== 'them' && unanswered === undefined) {
      judging.cite(welcome, ...pings.flatMap(({ pong }) => pong ?? []));
      continue;
    }
    const found = closed?.by === 'them' ? `close ${closed.code}` : 'no pong';
    const what = closed?.by === 'them' ? `it ended${describeEnd(connection)}` : 'its ping was not answered';
    const because = `${name} kept the limit, but ${what} while another exceeded it`;
    const entries = [unanswered?.ping.index, closed?.index].flatMap((index) => index ?? []);
    judging.violated({ code: 'limit-harms-others', expected: PROMISE, found, because, entries, connection: name });
  }
}
