import type { NightlyStage } from './nightly-stage.ts';

/** Holds some idle connections, keep-alive answered, and asks each that is alive for a pong at the end. */
export async function holdConnections({ connect, plan, probe }: NightlyStage): Promise<void> {
  await probe('websocket-config');
  const numbers = Array.from({ length: plan.holdConnections }, (_, number) => number);
  await Promise.all(
    numbers.map(async () => {
      const client = await connect();
      const welcomed = await client.welcomed();
      if (welcomed.by !== 'message') return;
      const held = await client.hold(plan.holdMs);
      if (held.by === 'deadline') await client.ping();
      await client.close();
    }),
  );
}
