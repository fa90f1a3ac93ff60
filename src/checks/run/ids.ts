import { runName } from '../../history/run-name.ts';
import type { EntryOf } from '../../history/entry.ts';
import { noncesIn } from '../../protocol/nonce.ts';
import type { Run } from '../../history/runs.ts';
import type { Judgement } from '../judgement.ts';
import { called } from './subject.ts';

/**
 * The events of one run name its thread, where they name one, agree on one run id (protocol notes §11), and quote no other
 * prompt of the same user in place of their own.
 */
export function judgeRunIds(judging: Judgement, run: Run, nonces: ReadonlyMap<string, Run>): void {
  const thread = run.request.message.thread;
  for (const { entries, connection } of run.deliveries.values()) {
    const leader = entries.find(({ message }) => message.run !== undefined);
    for (const entry of entries) {
      if (thread !== undefined && entry.message.thread !== undefined && entry.message.thread !== thread) {
        const because = `${called(entry)} of ${runName(run)} names the thread ${entry.message.thread}; the request named ${thread}`;
        const found = `thread ${entry.message.thread}`;
        judging.violated({
          code: 'foreign-thread',
          expected: `thread ${thread}`,
          found,
          because,
          entries: [run.request.index, entry.index],
          connection,
        });
      }
      judgeQuote(judging, run, entry, connection, nonces);
      if (leader === undefined || entry.message.run === undefined || entry.message.run === leader.message.run) continue;
      const because = `${called(entry)} of ${runName(run)} names the run ${entry.message.run}; #${leader.index} named ${leader.message.run}`;
      const found = `run ${entry.message.run}`;
      judging.violated({
        code: 'foreign-run',
        expected: `run ${leader.message.run}`,
        found,
        because,
        entries: [leader.index, entry.index],
        connection,
      });
    }
  }
}

/** Another user's nonce is the business of the isolation check. */
function judgeQuote(
  judging: Judgement,
  run: Run,
  entry: EntryOf<'received'>,
  connection: string,
  nonces: ReadonlyMap<string, Run>,
): void {
  const quoted = noncesIn(entry.text);
  if (run.nonce === undefined || quoted.includes(run.nonce)) return;
  const other = quoted.map((nonce) => nonces.get(nonce)).find((asked) => asked?.user === run.user);
  if (other === undefined) return;
  judging.violated({
    code: 'foreign-run',
    expected: `the prompt of ${runName(run)}, if any`,
    found: `the prompt of ${runName(other)}`,
    because: `${called(entry)} of ${runName(run)} quotes the prompt of ${runName(other)} instead of its own`,
    entries: [run.request.index, other.request.index, entry.index],
    connection,
  });
}
