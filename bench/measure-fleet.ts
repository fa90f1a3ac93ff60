import { once } from 'node:events';
import pLimit from 'p-limit';
import { fleetIdentities } from '../src/load/execute/identity-feed.ts';
import { runShard } from '../src/load/execute/run-shard.ts';
import { WHOLE_FLEET } from '../src/load/observe/user-range.ts';
import { openBare, requestText, textOf, tokenOf } from './bare-loop.ts';
import { planFor } from './fleet-plan.ts';
import { latencyFigures } from '../src/load/observe/latency-metrics.ts';

interface FleetOptions {
  readonly kind: 'bare' | 'fleet';
  readonly twin: { readonly websocketUrl: string; readonly jwtSecret: string };
  readonly count: number;
  readonly perSecond: number;
  readonly mostThreads: number;
}

const IN_FLIGHT = 100;

/** Holds `count` users open together, each welcomed, ponged and served one run. Prints JSON. Not bundled: it starts threads. */
const given: FleetOptions = JSON.parse(process.argv[2] ?? '{}');
const startMs = performance.now();
const { completed, detail } = await (given.kind === 'bare' ? bare() : fleet());
process.stdout.write(`${JSON.stringify({ completed, wallMs: performance.now() - startMs, detail })}\n`);
process.exit();

async function bare(): Promise<{ completed: number; detail: unknown }> {
  const { websocketUrl, jwtSecret } = given.twin;
  const atOnce = pLimit(IN_FLIGHT);
  const numbers = Array.from({ length: given.count }, (_, number) => number);
  const sockets = await atOnce.map(numbers, async (number) => {
    const user = `b${number.toString(36).padStart(6, '0')}-user`;
    const socket = openBare(websocketUrl, user, tokenOf(jwtSecret, user));
    socket.on('message', (data) => {
      const { type } = JSON.parse(textOf(data));
      if (type === 'system_message') socket.send(JSON.stringify({ type: 'ping', timestamp: Date.now() }));
      if (type === 'pong' || type === 'agent_completed') socket.emit(type);
    });
    await once(socket, 'pong');
    return socket;
  });
  const heldMs = performance.now() - startMs;
  await atOnce.map(sockets, async (socket) => {
    socket.send(requestText());
    await once(socket, 'agent_completed');
    socket.close(1000);
    await once(socket, 'close');
  });
  return { completed: sockets.length, detail: { heldMs } };
}

async function fleet(): Promise<{ completed: number; detail: unknown }> {
  const { count, perSecond, mostThreads, twin } = given;
  const load = {
    connections: count,
    rampPerSecond: perSecond,
    handshakesAtOnce: IN_FLIGHT,
    connectionsPerWorker: 2500,
  };
  const source = { kind: 'mint', secret: twin.jwtSecret } as const;
  const users = { pattern: '{uuid}' };
  const nowS = (): number => Date.now() / 1000;
  const shard = await runShard({
    plan: planFor(twin, load, { quietWindowMs: 120 }),
    shard: WHOLE_FLEET,
    project: 'bench',
    identities: fleetIdentities({ source, users, slot: 0, slots: 1, shard: WHOLE_FLEET, nowS }),
    report: () => undefined,
    mostThreads,
  });
  const completed = shard.users.filter(({ outcome }) => outcome === 'passed').length;
  const found = shard.users.flatMap(({ findings }) => findings.map(({ code }) => code));
  return { completed, detail: { threads: shard.threads, figures: latencyFigures(shard), found: [...new Set(found)] } };
}
