import { E2E_HEADER_NAMES } from '../protocol/e2e-headers.ts';
import type { Connection } from '../history/connections.ts';
import { connectionNamed } from '../history/connections.ts';
import type { EntryOf, History } from '../history/entry.ts';
import { runsAskedOn } from '../history/runs.ts';
import type { Judgement } from './judgement.ts';
import { judgement } from './judgement.ts';
import { pair } from './ping-pairs.ts';
import { refusalOfConnection } from './refusal.ts';
import type { OrderMode } from './run/order.ts';
import { sequence, subjectOfRun } from './run/subject.ts';
import { describeEnd } from './subjects.ts';
import type { Check } from './verdict.ts';

const PROMISE = 'the E2E headers are sent, and the product behaves alike with and without them';

/** Two connections that differ only in the E2E headers. */
export interface Comparison {
  readonly marked: string;
  readonly plain: string;
  /** In `grammar` mode the kinds of events are compared, in `exact` mode their sequence. */
  readonly order: OrderMode;
}

/**
 * All E2E headers are sent (protocol notes §4.1), and they change nothing that a user would notice. If they did, results of test
 * traffic would say nothing about users (failure notes FM-77).
 */
export function e2eHeadersAreNeutral({ marked, plain, order }: Comparison): Check {
  return (history: History) => {
    const judging = judgement('e2e-headers', PROMISE);
    const [withHeaders, without] = [connectionNamed(history, marked), connectionNamed(history, plain)];
    if (withHeaders?.request === undefined || without?.request === undefined) return judging.verdict(PROMISE);
    judgeSending(judging, withHeaders.request, true);
    judgeSending(judging, without.request, false);
    for (const connection of [withHeaders, without]) doubtSilence(judging, history, connection);
    const [a, b] = [behaviourOf(withHeaders, history, order), behaviourOf(without, history, order)];
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

function judgeSending(judging: Judgement, request: EntryOf<'handshake-request'>, wanted: boolean): void {
  const name = request.connection;
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

/** Two connections on which nothing arrived behave alike, but that proves nothing. */
function doubtSilence(judging: Judgement, history: History, connection: Connection): void {
  const { name, welcome } = connection;
  const answered = pair(connection, 'ping', 'pong').pairs.some(({ pong }) => pong !== undefined);
  const ended = runsAskedOn(history, name).some((run) => subjectOfRun(run, connection).terminal !== undefined);
  if (welcome !== undefined && answered && ended) return;
  const lacking = welcome === undefined ? 'a welcome' : answered ? 'a finished run' : 'a pong';
  const because = `${name} never got ${lacking}, so there is nothing to compare${describeEnd(connection)}`;
  const entries = connection.entries.slice(-1).map(({ index }) => index);
  judging.doubted({ code: welcome === undefined ? 'not-welcomed' : 'not-served', because, entries, connection: name });
}

function behaviourOf(connection: Connection, history: History, order: OrderMode): Readonly<Record<string, string>> {
  const { pairs } = pair(connection, 'ping', 'pong');
  const runs = runsAskedOn(history, connection.name).map((run) => subjectOfRun(run, connection).events);
  return {
    outcome:
      refusalOfConnection(connection, history)?.code ?? (connection.opened === undefined ? 'nothing' : 'accepted'),
    welcome: connection.welcome?.message.type ?? 'none',
    pongs: `${pairs.filter(({ pong }) => pong !== undefined).length} of ${pairs.length}`,
    events: runs.map((events) => (order === 'exact' ? sequence(events) : kindsOf(events))).join('; '),
  };
}

/** How often an agent thinks or uses a tool may differ from run to run. Which kinds of events it sends must not. */
function kindsOf(events: readonly EntryOf<'received'>[]): string {
  return [...new Set(events.map(({ message }) => message.event ?? message.type))].toSorted().join(', ');
}
