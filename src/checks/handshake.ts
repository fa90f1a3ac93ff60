import type { History } from '../history/entry.ts';
import { bypassOf } from './bypass.ts';
import { judgement } from './judgement.ts';
import { refusalOfConnection } from './refusal.ts';
import type { Scope } from './subjects.ts';
import { trusted } from './subjects.ts';
import type { Check } from './verdict.ts';

const PROMISE = 'a valid token opens a WebSocket: HTTP 101, and no refusal afterwards';

/**
 * A valid credential opens a connection. It can be refused by the network, by a proxy, by the answer to the upgrade, or by a
 * close after the upgrade (protocol notes §3.6, §9.2). Where authentication is bypassed every credential opens one, and the
 * verdict is unknown. What it does not see: whether the server accepted the right user. The welcome check judges that.
 */
export function handshake(scope: Scope = {}): Check {
  return (history: History) => {
    const judging = judgement('handshake', PROMISE);
    const bypass = bypassOf(history);
    let accepted = 0;
    for (const connection of trusted(history, scope)) {
      const refusal = refusalOfConnection(connection, history);
      if (refusal !== undefined) {
        judging.violated({ ...refusal, expected: PROMISE, found: refusal.because, connection: connection.name });
      } else if (connection.opened !== undefined) {
        judging.cite(connection.opened);
        accepted += 1;
      } else if (connection.request !== undefined) {
        const because = 'the upgrade was still unanswered when the test ended';
        judging.doubted({
          code: 'not-awaited',
          because,
          entries: [connection.request.index],
          connection: connection.name,
        });
      }
    }
    if (bypass !== undefined && accepted > 0) {
      const because = `${bypass.because}; the valid credential was accepted, as any would be`;
      judging.doubted({ code: 'auth-bypass-active', because, entries: bypass.entries });
    }
    return judging.verdict('every valid token was accepted');
  };
}
