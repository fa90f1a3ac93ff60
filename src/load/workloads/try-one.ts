import type { NightlyStage } from './nightly-stage.ts';

/** One connection to its welcome and a pong, with a run where one is owed; closed at the end. Whether the pong came. */
export async function tryOne({ connect, prompt }: NightlyStage, withRun: boolean): Promise<boolean> {
  const client = await connect();
  const welcomed = await client.welcomed();
  const ponged = welcomed.by === 'message' ? await client.ping() : welcomed;
  if (ponged.by === 'message' && withRun) {
    client.ask(prompt);
    await client.settled();
  }
  await client.close();
  return ponged.by === 'message';
}
