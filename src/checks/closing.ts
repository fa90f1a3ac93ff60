import type { Connection } from '../history/connections.ts';
import type { EntryOf, History } from '../history/entry.ts';
import { closeCode } from '../protocol/close-codes.ts';
import type { Judgement } from './judgement.ts';
import { judgement } from './judgement.ts';
import { brokenFrameOf, deadlineFor, describeEnd, openedSubjects } from './subjects.ts';
import type { Check } from './verdict.ts';

const PROMISE = 'a connection lives until we close it, and our close frame is answered with the same code';
const TCP_PROMISE = 'the server ends the TCP connection once both close frames are sent (RFC 6455 §7.1.1)';
/** No close frame came (RFC 6455 §7.1.5). */
const ABNORMAL = 1006;

/**
 * The server closes no connection by itself, not even with 1000, because that hides an exception of the server (failure notes
 * FM-30). It answers our close frame (RFC 6455 §5.5.1). Other checks judge refused connections (handshake), connections with a
 * bad credential (refuses), and those that ended with a broken frame (well-formed).
 */
export function closing(): Check {
  return (history: History) => {
    const judging = judgement('closing', PROMISE);
    for (const connection of openedSubjects(judging, history)) {
      if (connection.opened !== undefined) judging.cite(connection.opened);
      judge(judging, connection);
    }
    return judging.verdict('nothing closed by itself, and every close was answered');
  };
}

function judge(judging: Judgement, connection: Connection): void {
  const { closed, name } = connection;
  if (brokenFrameOf(connection) !== undefined) return;
  const unanswered = deadlineFor(connection, 'close');
  if (unanswered !== undefined) {
    const because = `${name}: our close frame got no answer within ${Math.round(unanswered.afterMs)} ms; the socket was cut`;
    return judging.violated({
      code: 'close-unanswered',
      expected: PROMISE,
      found: 'no close frame',
      because,
      entries: [unanswered.index],
      connection: name,
    });
  }
  reportOpenTcp(judging, connection);
  if (closed === undefined) return;
  if (closed.by === 'them') return reportUnsolicited(judging, connection, closed);
  judging.cite(closed);
  if (closed.code === 1000) return;
  const code = closed.code === ABNORMAL ? 'closed-uncleanly' : 'close-misanswered';
  const because = `${name}: we closed with 1000, the connection ended with ${closed.code} (${closeCode(closed.code).name})`;
  judging.violated({
    code,
    expected: PROMISE,
    found: `close ${closed.code}`,
    because,
    entries: [closed.index],
    connection: name,
  });
}

/** The promise to close is kept when the close frame comes; who holds the TCP connection open is another question. */
function reportOpenTcp(judging: Judgement, connection: Connection): void {
  const { closed, name } = connection;
  const open = deadlineFor(connection, 'end of TCP');
  if (closed === undefined || open === undefined) return;
  judging.violated({
    code: 'tcp-left-open',
    expected: TCP_PROMISE,
    found: 'an open TCP connection',
    because: `${name}: the close frame (#${closed.index}) arrived, and ${Math.round(open.afterMs)} ms later the TCP connection was still open; it was cut`,
    entries: [closed.index, open.index],
    connection: name,
  });
}

function reportUnsolicited(judging: Judgement, connection: Connection, closed: EntryOf<'closed'>): void {
  const because = `${connection.name}${describeEnd(connection)} (${closeCode(closed.code).name}: ${closeCode(closed.code).means})`;
  const code = closed.code === ABNORMAL ? 'closed-uncleanly' : 'closed-by-server';
  judging.violated({
    code,
    expected: PROMISE,
    found: `close ${closed.code}`,
    because,
    entries: [closed.index],
    connection: connection.name,
  });
}
