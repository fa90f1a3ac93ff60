import { connectionsOf, allOf } from '../history/connections.ts';
import type { History } from '../history/entry.ts';
import { restProbeName } from '../history/probe-names.ts';
import { bypassOf } from './bypass.ts';
import type { ViolationCode } from './findings.ts';
import { judgement } from './judgement.ts';
import { refusalOfConnection } from './refusal.ts';
import type { Check } from './verdict.ts';

/** Refusals that judge the token. A missing route and a service that is down do not judge it. */
const JUDGES_THE_TOKEN: readonly ViolationCode[] = ['token-refused', 'upgrade-forbidden'];

const PROMISE = 'the same token is accepted over HTTP and over WebSocket, or refused over both';

/**
 * An authenticated HTTP route and the upgrade accept the same credentials, and refuse the same (failure notes FM-06, FM-07).
 * An HTTP status other than 200, 401 and 403 does not judge the token, nor does an upgrade that fails for another reason.
 * When only the upgrade refuses a good token, the product is to blame; otherwise auth is.
 */
export function sameJudgement(credential: string): Check {
  return (history: History) => {
    const judging = judgement('same-judgement', PROMISE);
    const probe = allOf(history, 'probe').findLast(({ name }) => name === restProbeName(credential));
    for (const connection of connectionsOf(history)) {
      if (connection.request?.credential !== credential || probe === undefined) continue;
      const overHttp =
        probe.status === 200 ? 'accepted' : probe.status === 401 || probe.status === 403 ? 'refused' : undefined;
      const refusal = refusalOfConnection(connection, history);
      const overWebSocket =
        refusal !== undefined && JUDGES_THE_TOKEN.includes(refusal.code)
          ? 'refused'
          : connection.welcome !== undefined
            ? 'accepted'
            : undefined;
      const last = connection.closed ?? connection.welcome ?? connection.refused ?? connection.request;
      const entries = [probe.index, last.index];
      const http = `HTTP ${probe.status ?? probe.error ?? 'no answer'}`;
      if (overHttp === undefined || overWebSocket === undefined) {
        const because = `the ${credential} credential: ${http} over HTTP, ${overWebSocket ?? 'undecided'} over WebSocket`;
        judging.doubted({ code: 'not-connected', because, entries, connection: connection.name });
      } else if (overHttp === overWebSocket) {
        judging.cite(probe, last);
      } else {
        const bypass = bypassOf(history);
        const because = `the ${credential} credential is ${overHttp} over HTTP (${probe.status}) and ${overWebSocket} over WebSocket`;
        if (bypass === undefined) {
          const found = `${overHttp} over HTTP, ${overWebSocket} over WebSocket`;
          judging.violated({
            code: 'judged-differently',
            ...(credential === 'valid' && overHttp === 'accepted' && { blame: 'product' }),
            expected: PROMISE,
            found,
            because,
            entries,
            connection: connection.name,
          });
        } else {
          const doubt = `${because}; ${bypass.because}`;
          judging.doubted({ code: 'auth-bypass-active', because: doubt, entries, connection: connection.name });
        }
      }
    }
    return judging.verdict(`the ${credential} credential is judged alike over HTTP and WebSocket`);
  };
}
