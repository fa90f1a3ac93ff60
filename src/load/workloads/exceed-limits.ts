import type { AgentClient } from '../../client/agent-client.ts';
import { advertisedLimits } from '../judge/advertised-limits.ts';
import type { NightlyStage } from './nightly-stage.ts';

const BEYOND = 2;

/** Opens two connections of one user more than are allowed, and asks everybody for a pong. */
export async function exceedConnections(stage: NightlyStage): Promise<void> {
  const { bystander, limits } = await prepare(stage);
  const identity = await stage.nextIdentity();
  const clients: AgentClient[] = [];
  for (let number = 0; number < limits.connectionsPerUser + BEYOND; number += 1) {
    const client = await stage.connect({ identity });
    await client.decided();
    clients.push(client);
  }
  await Promise.all([bystander, ...clients].filter((client) => client.isOpen()).map((client) => client.ping()));
  await Promise.all([bystander, ...clients].map((client) => client.close()));
}

/** Sends pings of sizes around the limit, each on a connection of its own. */
export async function exceedSize(stage: NightlyStage): Promise<void> {
  const { bystander, limits } = await prepare(stage);
  const sizes = [-1, 0, 1, limits.messageBytes].map((more) => limits.messageBytes + more);
  await Promise.all(
    sizes.map(async (bytes) => {
      const client = await arrive(stage);
      await client.ping(bytes);
      await client.close();
    }),
  );
  await bystander.ping();
  await bystander.close();
}

/** Sends more pings at once than a minute allows. */
export async function exceedRate(stage: NightlyStage): Promise<void> {
  const { bystander, limits } = await prepare(stage);
  const client = await arrive(stage);
  const numbers = Array.from({ length: limits.messagesPerMinute + BEYOND }, (_, number) => number);
  await Promise.all(numbers.map(() => client.ping()));
  await bystander.ping();
  await Promise.all([client.close(), bystander.close()]);
}

async function prepare(stage: NightlyStage) {
  await stage.probe('websocket-config');
  return { bystander: await arrive(stage), limits: advertisedLimits(stage.recorder.history) };
}

async function arrive({ connect }: NightlyStage): Promise<AgentClient> {
  const client = await connect();
  await client.welcomed();
  return client;
}
