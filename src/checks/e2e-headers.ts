import { E2E_HEADER_NAMES } from '../protocol/e2e-headers.ts';
import type { Connection } from '../history/connections.ts';
import { connectionNamed } from '../history/connections.ts';
import type { History } from '../history/entry.ts';
import { runsAskedOn } from '../history/run-index.ts';
import type { Judgement } from './judgement.ts';
import { judgement } from './judgement.ts';
import { pair } from './ping-pairs.ts';
import { refusalOf } from './refusal.ts';
import { sequence, subjectOf } from './run-subject.ts';
import type { Check } from './verdict.ts';

const PROMISE = 'the E2E headers are sent, and the product behaves alike with and without them';

/** Two sockets that differ in nothing but the E2E headers. */
export interface Comparison {
  readonly marked: string;
  readonly plain: string;
}

/**
 * The E2E headers are sent whole (protocol notes §4.1) and change nothing that a user would notice: what only test
 * traffic sees proves nothing about users (failure notes FM-77).
 */
export function e2eHeadersAreNeutral({ marked, plain }: Comparison): Check {
  return (history: History) => {
    const judging = judgement('e2e-headers', PROMISE);
    const [withHeaders, without] = [connectionNamed(history, marked), connectionNamed(history, plain)];
    if (withHeaders?.request === undefined || without?.request === undefined) return judging.verdict(PROMISE);
    judgeSending(judging, withHeaders, true);
    judgeSending(judging, without, false);
    const [a, b] = [behaviourOf(withHeaders, history), behaviourOf(without, history)];
    const difference = Object.keys(a).find((aspect) => a[aspect] !== b[aspect]);
    judging.cite(withHeaders.request, without.request);
    if (difference !== undefined) {
      const because = `${difference}: with the headers ${a[difference]}, without them ${b[difference]}`;
      const found = `another ${difference}`;
      const entries = [withHeaders.request.index, without.request.index];
      judging.violated({
        code: 'headers-change-behaviour',
        expected: PROMISE,
        found,
        because,
        entries,
        connection: marked,
      });
    }
    return judging.verdict('both connections behaved alike');
  };
}

function judgeSending(judging: Judgement, { request, name }: Connection, wanted: boolean): void {
  if (request === undefined) return;
  const wrong = E2E_HEADER_NAMES.filter(
    (header) => header !== 'user-agent' && Object.hasOwn(request.headers, header) !== wanted,
  );
  if (wrong.length === 0) return;
  const because = `${name} was to be opened ${wanted ? 'with' : 'without'} the E2E headers; wrong: ${wrong.join(', ')}`;
  judging.violated({
    code: 'headers-not-sent',
    expected: PROMISE,
    found: wrong.join(', '),
    because,
    entries: [request.index],
    connection: name,
  });
}

function behaviourOf(connection: Connection, history: History): Readonly<Record<string, string>> {
  const { pairs } = pair(connection, 'ping', 'pong');
  const runs = runsAskedOn(history, connection.name);
  return {
    outcome: refusalOf(connection, history)?.code ?? (connection.opened === undefined ? 'nothing' : 'accepted'),
    welcome: connection.welcome?.message.type ?? 'none',
    pongs: `${pairs.filter(({ pong }) => pong !== undefined).length} of ${pairs.length}`,
    events: runs.map((run) => sequence(subjectOf(run, connection).events)).join('; '),
  };
}
