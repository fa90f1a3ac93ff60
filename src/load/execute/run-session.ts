import type { WorkerContext } from './worker-context.ts';
import type { UserSession } from '../observe/user-session.ts';

/** Lets one member ask for its runs, one after the other, listen to the end of each, and close. Never throws for the server. */
export async function runSession(
  { plan, tally, clock }: WorkerContext,
  life: UserSession,
  intendedMs: number,
): Promise<void> {
  const { client } = life;
  if (client === undefined || !life.ready) return;
  life.asking = { intendedMs, actualMs: clock() };
  tally.running += 1;
  let well = true;
  for (let run = 0; run < plan.load.runsPerConnection && client.isOpen(); run += 1) {
    client.ask(plan.prompt);
    well = (await client.settled()) && well;
  }
  tally.running -= 1;
  if (well && client.isOpen()) tally.done += 1;
  else tally.failed += 1;
  await client.close();
}
