import type { Connection } from '../history/connections.ts';
import { allOf } from '../history/connections.ts';
import type { EntryOf, History } from '../history/entry.ts';
import { isOfARun } from '../history/runs.ts';
import type { ViolationCode } from './findings.ts';
import type { Judgement } from './judgement.ts';
import { judgement } from './judgement.ts';
import type { Scope } from './subjects.ts';
import { welcomedSubjects } from './subjects.ts';
import type { Check } from './verdict.ts';

const PROMISE =
  'after our handshake_acknowledged the next message is handshake_complete, and the welcome comes before handshake_response or after handshake_complete';

/**
 * The handshake of October 2025 in an order that the command-line client takes (protocol notes §13, seen with that client): it
 * acknowledges `handshake_response`, reads exactly one message, and fails unless that is `handshake_complete`. Servers that send
 * no `handshake_response` have no such handshake: a note. Events of a run do not count: that client asks for none so early. What it does not see: how long the client would wait.
 */
export function octoberHandshake(scope: Scope = {}): Check {
  return (history: History) => {
    const judging = judgement('october-handshake', PROMISE);
    for (const connection of welcomedSubjects(judging, history, scope)) {
      const response = received(connection, 'handshake_response')[0];
      if (response === undefined) noteAbsence(judging, connection);
      else judge(judging, connection, response);
    }
    return judging.verdict('every handshake was completed in an order that the command-line client takes');
  };
}

function noteAbsence(judging: Judgement, { welcome, name }: Connection): void {
  if (welcome === undefined) return;
  judging.cite(welcome);
  const because = `${name} got no handshake_response: this server has no such handshake`;
  judging.note({ code: 'handshake-absent', because, entries: [welcome.index] });
}

function judge(judging: Judgement, connection: Connection, response: EntryOf<'received'>): void {
  const { name, welcome } = connection;
  const ours = allOf(connection.entries, 'sent').find(
    ({ index, message }) => index > response.index && message.type === 'handshake_acknowledged',
  );
  if (ours === undefined) {
    const because = `the handshake_response (#${response.index}) was not acknowledged by the client`;
    return judging.doubted({ code: 'not-asked', because, entries: [response.index], connection: name });
  }
  const next = allOf(connection.entries, 'received').find((entry) => entry.index > ours.index && !isOfARun(entry));
  const completed = received(connection, 'handshake_complete')[0];
  if (completed === undefined) {
    const because = `the acknowledgement (#${ours.index}) was not followed by handshake_complete`;
    return report('handshake-incomplete', 'no handshake_complete', because, [response.index, ours.index]);
  }
  judging.cite(response, ours, completed);
  if (next === completed && !isInside(welcome, response, completed)) return;
  const between = next === undefined || next === completed ? welcome : next;
  const found = between === undefined ? 'another message' : `${between.message.type} (#${between.index})`;
  const because = `${found} comes within the handshake: response #${response.index}, acknowledgement #${ours.index}, complete #${completed.index}`;
  report('handshake-disordered', found, because, [response.index, ours.index, completed.index]);

  function report(code: ViolationCode, found: string, because: string, entries: readonly number[]): void {
    judging.violated({ code, expected: PROMISE, found, because, entries, connection: name });
  }
}

function isInside(
  welcome: EntryOf<'received'> | undefined,
  response: EntryOf<'received'>,
  completed: EntryOf<'received'>,
): boolean {
  return welcome !== undefined && welcome.index > response.index && welcome.index < completed.index;
}

function received({ entries }: Connection, type: string): readonly EntryOf<'received'>[] {
  return allOf(entries, 'received').filter(({ message }) => message.type === type);
}
