import { isRunRecord } from '../../protocol/agent-events.ts';
import { agentKey } from '../../protocol/message.ts';
import { allOf } from '../../history/connections.ts';
import type { EntryOf } from '../../history/entry.ts';
import type { Judgement } from '../judgement.ts';
import type { RunSubject } from './subject.ts';
import { agentOf, called, reportRun } from './subject.ts';

type CompletionEvent = EntryOf<'received'>;

/** Messages in which an answer may come besides (protocol notes §8.5). */
const CARRIES_AN_ANSWER =
  /^(?:stream_chunk|agent_response\w*|final_report|partial_result|chunk_response\w*|message_chunk)$/;

/**
 * What a completed run came to. Success is not read from the name of an event: a completion that says it failed is the failure of
 * the run, and one without an answer leaves its user with an empty chat. Both are asked of the completion that ends the
 * run and of its outermost agent, any of which may carry the answer; nested agents owe none, and their failure is a note,
 * because the run may go on without them.
 */
export function judgeOutcome(judging: Judgement, subject: RunSubject): void {
  const completions = subject.events.filter(({ message }) => message.event === 'agent_completed');
  const outermost = outermostOf(subject);
  const own = completions.filter(
    (entry) => entry === subject.terminal || agentKey(entry.message) === outermost || entry.message.agent === undefined,
  );
  for (const entry of completions) if (!own.includes(entry)) noteFailure(judging, subject, entry);
  const failed = own.find(({ message }) => message.failure !== undefined);
  if (failed === undefined) return judgeAnswer(judging, subject, own);
  const because = `it ended with ${called(failed)}, which says ${failed.message.failure}`;
  reportRun(judging, subject, 'run-failed', {
    expected: 'a run that completes without an error',
    found: failed.message.failure ?? '',
    because,
    entries: [failed.index],
  });
}

function outermostOf({ events }: RunSubject): string | undefined {
  const start = events.find(
    ({ message }) => message.event === 'agent_started' && message.agent !== undefined && !isRunRecord(message.agent),
  );
  return start === undefined ? undefined : agentKey(start.message);
}

function noteFailure(judging: Judgement, { name }: RunSubject, entry: CompletionEvent): void {
  if (entry.message.failure === undefined) return;
  const because = `${name}: ${agentOf(entry)}, one of its agents, failed: ${called(entry)} says ${entry.message.failure}`;
  judging.note({ code: 'agent-failed', because, entries: [entry.index] });
}

function judgeAnswer(judging: Judgement, subject: RunSubject, own: readonly CompletionEvent[]): void {
  const { terminal, run, connection } = subject;
  if (terminal === undefined || own.some(({ message }) => (message.answer ?? '') !== '')) return;
  const later = allOf(connection.entries, 'received').filter(({ index }) => index > run.request.index);
  if (later.some(({ message }) => CARRIES_AN_ANSWER.test(message.type))) return;
  const empty = own.find(({ message }) => message.answer !== undefined);
  const at = empty ?? terminal;
  const because =
    empty === undefined
      ? `it completed with ${called(at)}, and no completion carries an answer`
      : `it completed, and its answer in ${called(at)} is empty`;
  reportRun(judging, subject, empty === undefined ? 'answer-missing' : 'answer-empty', {
    expected: 'an answer that a person can read',
    found: empty === undefined ? 'no answer' : 'an empty answer',
    because: `${because}: a person would see an empty chat`,
    entries: [at.index],
  });
}
