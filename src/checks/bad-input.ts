import type { Connection } from '../history/connections.ts';
import type { Entry, EntryOf, History } from '../history/entry.ts';
import { answerTo } from '../history/wait-goals.ts';
import { ADVERTISED_MESSAGE_BYTES } from '../protocol/bad-input.ts';
import type { BadInput } from '../protocol/bad-input.ts';
import { UNKNOWN_TYPE } from '../protocol/requests.ts';
import type { Judgement } from './judgement.ts';
import { judgement } from './judgement.ts';
import type { Scope } from './subjects.ts';
import { deadlineFor, describeEnd, welcomedSubjects } from './subjects.ts';
import type { Check, NoteCode } from './verdict.ts';

interface Documented {
  readonly is: (entry: Entry) => boolean;
  readonly answer: 'error' | 'acknowledgement';
  /** The note for silence, where the documents allow silence too. */
  readonly silence?: NoteCode;
}

const DOCUMENTED: Readonly<Record<BadInput, Documented>> = {
  'invalid-json': { is: isUnreadable('not-json'), answer: 'error' },
  'non-object': { is: isUnreadable('not-an-object'), answer: 'error', silence: 'input-ignored' },
  'unknown-type': {
    is: (entry) => entry.kind === 'sent' && entry.message.type === UNKNOWN_TYPE,
    answer: 'acknowledgement',
  },
  oversize: {
    is: (entry) => entry.kind === 'sent' && entry.bytes > ADVERTISED_MESSAGE_BYTES,
    answer: 'error',
    silence: 'oversize-dropped',
  },
};

/**
 * A bad input gets its documented answer. What it does not see: whether the connection still works afterwards. A ping shows
 * that, and the heartbeat check judges the ping.
 */
export function badInput(input: BadInput, scope: Scope = {}): Check {
  const { is, answer, silence } = DOCUMENTED[input];
  const promise = `${input} is answered by an ${answer} message${silence === undefined ? '' : ', or ignored'}`;
  return (history: History) => {
    const judging = judgement('bad-input', promise);
    for (const connection of welcomedSubjects(judging, history, scope)) {
      const sent = connection.entries.find(is);
      if (sent === undefined) continue;
      const reply = connection.entries.find(
        (entry): entry is EntryOf<'received'> => entry.index > sent.index && isReply(entry),
      );
      if (reply === undefined) judgeSilence(judging, connection, sent, input, promise, silence);
      else if (reply.message.meaning === answer) judging.cite(sent, reply);
      else
        judging.violated({
          code: 'input-misanswered',
          expected: promise,
          found: describe(reply),
          because: `${input} (#${sent.index}) was answered by ${describe(reply)} (#${reply.index})`,
          entries: [sent.index, reply.index],
          connection: connection.name,
        });
    }
    return judging.verdict(`${input} got its documented answer`);
  };
}

function judgeSilence(
  judging: Judgement,
  connection: Connection,
  sent: Entry,
  input: BadInput,
  expected: string,
  silence: NoteCode | undefined,
): void {
  const deadline = deadlineFor(connection, answerTo(input), sent.index);
  const entries = [sent.index, ...(deadline === undefined ? [] : [deadline.index])];
  if (connection.closed?.by === 'them') {
    if (connection.closed.code === 1009) return judging.cite(sent, connection.closed);
    const because = `${input} (#${sent.index}) ended the connection${describeEnd(connection)}`;
    return judging.violated({
      code: 'input-misanswered',
      expected,
      found: `close ${connection.closed.code}`,
      because,
      entries,
      connection: connection.name,
    });
  }
  if (deadline === undefined) {
    return judging.doubted({
      code: 'not-awaited',
      because: `the test did not wait for the ${answerTo(input)}`,
      entries,
      connection: connection.name,
    });
  }
  if (silence === undefined) {
    const because = `${input} (#${sent.index}) got no answer within ${Math.round(deadline.afterMs)} ms`;
    return judging.violated({
      code: 'input-unanswered',
      expected,
      found: 'silence',
      because,
      entries,
      connection: connection.name,
    });
  }
  judging.cite(sent, deadline);
  judging.note({ code: silence, because: `${input} was ignored without an answer`, entries });
}

function isUnreadable(why: string): (entry: Entry) => boolean {
  return (entry) => entry.kind === 'unreadable' && entry.direction === 'sent' && entry.why === why;
}

function isReply(entry: Entry): boolean {
  return entry.kind === 'received' && ['error', 'acknowledgement'].includes(entry.message.meaning);
}

function describe({ message }: EntryOf<'received'>): string {
  return message.errorCode === undefined ? message.type : `${message.type} ${message.errorCode}`;
}
