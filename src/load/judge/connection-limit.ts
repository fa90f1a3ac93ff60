import { judgement } from '../../checks/judgement.ts';
import type { Judgement } from '../../checks/judgement.ts';
import { refusalOfConnection } from '../../checks/refusal.ts';
import { describeEnd, trusted } from '../../checks/subjects.ts';
import type { Check } from '../../checks/verdict.ts';
import type { Connection } from '../../history/connections.ts';
import type { History } from '../../history/entry.ts';
import { advertisedLimits } from './advertised-limits.ts';
import { judgeBystanders } from './bystanders.ts';

const PROMISE = 'a connection beyond the limit of its user is accepted, or refused with a reason that names the limit';

/**
 * More connections of one user than are advertised: each further one is accepted (the limit is not enforced, protocol notes
 * §10) or refused as a limit (failure notes FM-70), and those within the limit do not feel it. What was answered is a note.
 */
export function connectionLimit(): Check {
  return (history: History) => {
    const judging = judgement('connection-limit', PROMISE);
    const { connectionsPerUser } = advertisedLimits(history);
    const byUser = new Map<string, Connection[]>();
    for (const connection of trusted(history)) {
      const user = connection.request?.user ?? '';
      byUser.set(user, [...(byUser.get(user) ?? []), connection]);
    }
    const beyond = [...byUser.values()].flatMap((connections) => connections.slice(connectionsPerUser));
    for (const connection of beyond) judge(judging, history, connection, connectionsPerUser);
    if (beyond.length > 0) judgeBystanders(judging, history, new Set(beyond.map(({ name }) => name)));
    return judging.verdict(`${beyond.length} connections beyond ${connectionsPerUser} were answered as documented`);
  };
}

function judge(judging: Judgement, history: History, connection: Connection, limit: number): void {
  const { name, request, welcome, closed } = connection;
  const asked = `${name}, beyond the ${limit} connections that its user may have,`;
  const entries = [request, closed].flatMap((entry) => (entry === undefined ? [] : [entry.index]));
  if (welcome !== undefined && closed?.by !== 'them') {
    judging.cite(welcome);
    return judging.note({ code: 'limit-answer', because: `${asked} was accepted`, entries: [welcome.index] });
  }
  const refusal = refusalOfConnection(connection, history);
  if (refusal?.code === 'limit-reached') {
    if (request !== undefined) judging.cite(request);
    return judging.note({ code: 'limit-answer', because: `${asked}: ${refusal.because}`, entries: refusal.entries });
  }
  const found = refusal?.because ?? `no welcome${describeEnd(connection)}`;
  const because = `${asked} was answered with neither a welcome nor a reason: ${found}`;
  judging.violated({ code: 'limit-misanswered', expected: PROMISE, found, because, entries, connection: name });
}
