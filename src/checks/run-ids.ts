import { runName } from '../history/run-name.ts';
import type { Run } from '../history/runs.ts';
import type { Judgement } from './judgement.ts';

/** The events of one run name its thread, where they name one, and agree on one run id (protocol notes §11). */
export function judgeRunIds(judging: Judgement, run: Run): void {
  const thread = run.request.message.thread;
  for (const { entries, connection } of run.deliveries.values()) {
    const [leader] = entries.filter(({ message }) => message.run !== undefined);
    for (const entry of entries) {
      const event = `${entry.message.event ?? entry.message.type} (#${entry.index})`;
      if (thread !== undefined && entry.message.thread !== undefined && entry.message.thread !== thread) {
        const because = `${event} of ${runName(run)} names the thread ${entry.message.thread}; the request named ${thread}`;
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
      if (leader === undefined || entry.message.run === undefined || entry.message.run === leader.message.run) continue;
      const because = `${event} of ${runName(run)} names the run ${entry.message.run}; #${leader.index} named ${leader.message.run}`;
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
