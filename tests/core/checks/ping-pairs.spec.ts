import { heartbeat } from '../../../src/checks/heartbeat.ts';
import { pingMessage } from '../../../src/protocol/requests.ts';
import { BUDGETS } from '../histories/budgets.ts';
import { judgesTo, welcomed } from './judges-to.ts';

const ping = (id: string): object => pingMessage(id, 1);
const pong = { type: 'pong', timestamp: 1 };
const strangePong = { ...pong, ping_id: 'z' };
const missing = (...entries: readonly number[]) => ({ code: 'pong-missing', entries });
const mismatched = (...entries: readonly number[]) => ({ code: 'pong-mismatched', entries });

/** Entries 0 to 2 are the upgrade and the welcome. */
judgesTo('heartbeat', heartbeat(BUDGETS), [
  {
    title: 'a pong that carries the id of the second ping answers the second',
    verdict: { holds: false, findings: [missing(3, 6)] },
    history: welcomed((c1) =>
      c1
        .sends(ping('a'))
        .sends(ping('b'))
        .receives({ ...pong, message_id: 'b' })
        .deadline('pong'),
    ),
  },
  {
    title: 'a strange echo answers no ping, not even one without a timestamp',
    verdict: { holds: false, findings: [missing(3, 5), mismatched(4)] },
    history: welcomed((c1) => c1.sends({ type: 'ping' }).receives(strangePong).deadline('pong')),
  },
  {
    title: 'a strange echo that ends the wait is reported, the silence is not',
    verdict: { holds: false, findings: [mismatched(4)] },
    history: welcomed((c1) => c1.sends(ping('a')).receives(strangePong)),
  },
  {
    title: 'a strange echo ends the wait of one ping, not of two',
    verdict: { holds: false, findings: [missing(4, 6), mismatched(5)] },
    history: welcomed((c1) => c1.sends(ping('a')).sends(ping('b')).receives(strangePong).closed(1011)),
  },
  {
    title: 'two strange echoes end the waits of two pings',
    verdict: { holds: false, findings: [mismatched(5), mismatched(6)] },
    history: welcomed((c1) =>
      c1.sends(ping('a')).sends(ping('b')).receives(strangePong).receives(strangePong).closed(1011),
    ),
  },
  {
    title: 'a strange echo before the ping ends no wait',
    verdict: { holds: false, findings: [missing(4, 5), mismatched(3)] },
    history: welcomed((c1) => c1.receives(strangePong).sends(ping('a')).closed(1011)),
  },
]);
