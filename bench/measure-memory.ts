import { once } from 'node:events';
import pLimit from 'p-limit';
import { monotonicMs } from '../src/client/connect.ts';
import { openSession } from '../src/load/execute/user-session.ts';
import { openBare, textOf, tokenOf } from './bare-loop.ts';
import { workerContextFor } from './worker-context.ts';
import { planFor } from './fleet-plan.ts';

interface MemoryOptions {
  readonly kind: 'bare' | 'recorded';
  readonly twin: { readonly websocketUrl: string; readonly jwtSecret: string };
  readonly count: number;
}

const IN_FLIGHT = 50;

/** Opens `count` connections, welcomed and ponged, and measures what each of them holds. Needs --expose-gc. Prints JSON. */
const given: MemoryOptions = JSON.parse(process.argv[2] ?? '{}');
const plan = planFor(given.twin, {}, { welcomeDeadlineMs: 60_000, pongDeadlineMs: 60_000 });
const context = workerContextFor(plan, given.twin.jwtSecret, { first: 0, count: given.count + IN_FLIGHT });
const held: unknown[] = [];

async function openOne(number: number): Promise<void> {
  if (given.kind === 'recorded') {
    held.push(await openSession(context, number, monotonicMs()));
    return;
  }
  const user = `b${number.toString(36).padStart(6, '0')}-user`;
  const socket = openBare(given.twin.websocketUrl, user, tokenOf(given.twin.jwtSecret, user));
  held.push(socket);
  socket.on('message', (data) => {
    const { type } = JSON.parse(textOf(data));
    if (type === 'system_message') socket.send(JSON.stringify({ type: 'ping', timestamp: Date.now() }));
    if (type === 'pong') socket.emit('ponged');
  });
  await once(socket, 'ponged');
}

async function open(first: number, count: number): Promise<void> {
  await pLimit(IN_FLIGHT).map(
    Array.from({ length: count }, (_, offset) => first + offset),
    openOne,
  );
}

function settled(): { readonly heap: number; readonly rss: number } {
  globalThis.gc?.();
  globalThis.gc?.();
  const { heapUsed, external, rss } = process.memoryUsage();
  return { heap: heapUsed + external, rss };
}

await open(0, IN_FLIGHT);
const before = settled();
await open(IN_FLIGHT, given.count);
const after = settled();
const per = (what: 'heap' | 'rss'): number => (after[what] - before[what]) / given.count;
process.stdout.write(`${JSON.stringify({ heapBytes: per('heap'), rssBytes: per('rss'), held: held.length })}\n`);
process.exit();
