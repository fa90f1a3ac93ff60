import type { Connection } from '../history/connections.ts';
import type { Entry } from '../history/entry.ts';
import type { Judgement } from './judgement.ts';

/**
 * The server's own keep-alive was answered by us: `ping` by `pong`, `heartbeat` by `heartbeat_ack`, a ping frame by a pong
 * frame. What arrives while the connection ends, when nothing of ours can follow, is not owed an answer.
 */
export function judgeKeepAlive(judging: Judgement, { name, entries, closed }: Connection): void {
  entries.forEach((asked, position) => {
    const answers = answersTo(asked);
    if (answers === undefined) return;
    const since = entries.slice(position);
    const answer = since.find(answers);
    if (answer !== undefined) return judging.cite(asked, answer);
    if (closed !== undefined && !since.some(({ kind }) => kind === 'sent')) return;
    const because = `the server's keep-alive (#${asked.index}) was left without an answer by this harness`;
    const expected = 'an answer from us';
    judging.violated({
      code: 'keep-alive-unanswered',
      expected,
      found: 'none',
      because,
      entries: [asked.index],
      connection: name,
    });
  });
}

function answersTo(entry: Entry): ((candidate: Entry) => boolean) | undefined {
  if (entry.kind === 'received' && entry.message.meaning === 'ping') return isSent('pong');
  if (entry.kind === 'received' && entry.message.meaning === 'heartbeat') return isSent('heartbeat-ack');
  if (entry.kind === 'control' && entry.direction === 'received' && entry.opcode === 'ping') {
    return (candidate) => candidate.kind === 'control' && candidate.direction === 'sent' && candidate.opcode === 'pong';
  }
  return undefined;
}

function isSent(meaning: 'pong' | 'heartbeat-ack'): (candidate: Entry) => boolean {
  return (candidate) => candidate.kind === 'sent' && candidate.message.meaning === meaning;
}
