import { judgement } from '../../checks/judgement.ts';
import { pair } from '../../checks/ping-pairs.ts';
import { describeEnd } from '../../checks/subjects.ts';
import type { Check } from '../../checks/verdict.ts';
import { connectionNamed, allOf } from '../../history/connections.ts';
import type { History } from '../../history/entry.ts';
import { REFUSING_CODES } from '../../protocol/close-codes.ts';

/** Name of the probe that says that the token of its connection has expired by now. */
export const TOKEN_EXPIRED = 'token-expired';

const PROMISE = 'a connection whose token expires is kept, or ended with a code and a reason that say so';
const EXPIRY_REASON = /token|expired|jwt|auth/i;

/**
 * A connection whose token expires may go on, because tokens are judged at the upgrade alone, or end
 * with a reason on which a client refreshes its token (protocol notes §12, "Close handling"). After anything else a user does not know what to do.
 */
export function tokenExpiry(): Check {
  return (history: History) => {
    const judging = judgement('token-expiry', PROMISE);
    for (const expired of allOf(history, 'probe').filter(({ name }) => name === TOKEN_EXPIRED)) {
      const connection = connectionNamed(history, expired.connection);
      const { closed, name } = connection ?? { closed: undefined, name: '' };
      const kept = connection && pair(connection, 'ping', 'pong').pairs.findLast(({ pong }) => pong !== undefined);
      if (kept !== undefined && kept.ping.index > expired.index) judging.cite(expired, kept.ping);
      else if (connection !== undefined && closed?.by === 'them') {
        const documented = REFUSING_CODES.includes(closed.code) && EXPIRY_REASON.test(closed.reason);
        judging.cite(closed);
        const because = `${name}: its token expired (#${expired.index})${describeEnd(connection)}`;
        const entries = [expired.index, closed.index];
        const found = `close ${closed.code} "${closed.reason}"`;
        const finding = { expected: PROMISE, found, because, entries, connection: name };
        if (!documented) judging.violated({ ...finding, code: 'expired-token-mishandled' });
      } else {
        const because = `${name}: nothing arrived after its token had expired (#${expired.index})`;
        const finding = { expected: PROMISE, found: 'silence', because, entries: [expired.index], connection: name };
        judging.violated({ ...finding, code: 'expired-token-mishandled' });
      }
    }
    return judging.verdict('the connection outlived its token, or ended for a reason that a client understands');
  };
}

/** The check of an expiring token where no token can be minted: nothing is known, which is no pass. */
export function secretNeeded(): Check {
  return () => {
    const judging = judgement('token-expiry', 'a connection whose token expires is kept, or ended with a reason');
    const because = 'a token that expires soon has to be signed with the secret of the deployment: set JWT_SECRET';
    judging.doubted({ code: 'secret-needed', because, entries: [] });
    return judging.verdict(because);
  };
}
