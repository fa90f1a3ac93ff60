import type { AgentClient } from '../../client/agent-client.ts';
import { advertisedLimits } from '../judge/advertised-limits.ts';
import type { NightlyContext } from './nightly-context.ts';
import { connectWelcomed } from './nightly-context.ts';

const BEYOND = 2;

/** Opens two connections of one user more than are allowed, and asks each connection for a pong. */
export async function exceedConnections(context: NightlyContext): Promise<void> {
  const { other, limits } = await prepare(context);
  const identity = await context.nextIdentity();
  const clients: AgentClient[] = [];
  for (let number = 0; number < limits.connectionsPerUser + BEYOND; number += 1) {
    const client = await context.connect({ identity });
    await client.decided();
    clients.push(client);
  }
  await Promise.all([other, ...clients].filter((client) => client.isOpen()).map((client) => client.ping()));
  await Promise.all([other, ...clients].map((client) => client.close()));
}

/** Sends pings of sizes around the limit, each on a connection of its own. */
export async function exceedSize(context: NightlyContext): Promise<void> {
  const { other, limits } = await prepare(context);
  const sizes = [-1, 0, 1, limits.messageBytes].map((more) => limits.messageBytes + more);
  await Promise.all(
    sizes.map(async (bytes) => {
      const client = await connectWelcomed(context);
      await client.ping(bytes);
      await client.close();
    }),
  );
  await other.ping();
  await other.close();
}

/** Sends more pings at once than a minute allows. */
export async function exceedRate(context: NightlyContext): Promise<void> {
  const { other, limits } = await prepare(context);
  const client = await connectWelcomed(context);
  const numbers = Array.from({ length: limits.messagesPerMinute + BEYOND }, (_, number) => number);
  await Promise.all(numbers.map(() => client.ping()));
  await other.ping();
  await Promise.all([client.close(), other.close()]);
}

async function prepare(context: NightlyContext) {
  await context.probe('websocket-config');
  return { other: await connectWelcomed(context), limits: advertisedLimits(context.recorder.history) };
}
