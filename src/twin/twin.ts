import { randomBytes } from 'node:crypto';
import { createFaultEngine } from './server/fault-engine.ts';
import { parseFaultExpression } from './catalogue/fault-expression.ts';
import type { ActiveFault } from './catalogue/fault.ts';
import { ALL_FAULTS } from './catalogue/faults/index.ts';
import { issueToken, keyOf } from './handshake/issue-token.ts';
import { createFirings, createJournal } from './server/journal.ts';
import type { FaultFiring, Journal, JournalMode } from './server/journal.ts';
import { DEFAULT_TIMING } from './behaviour/timing.ts';
import type { TwinTiming } from './behaviour/timing.ts';
import type { TwinParts } from './server/parts.ts';
import type { Profile } from './catalogue/profile.ts';
import { profileNamed } from './catalogue/profiles/index.ts';
import { createConnections, createOfflineQueue } from './server/connections.ts';
import { createStarts, serveAgain } from './server/serving.ts';
import { createThreads } from './behaviour/threads.ts';
import { createVerifier } from './handshake/verify-token.ts';

/** How a twin behaves. Everything has a default; the defaults behave well. */
export interface TwinOptions {
  /** Protocol version, by name or declared on the spot. Default `beta-9`. */
  readonly profile?: string | Profile;
  /** Misbehaviour, such as `drop-agent-thinking+pong-late@0.1`, or declared on the spot. Default: none. */
  readonly fault?: string | readonly ActiveFault[];
  /** Seed of everything random, of the faults' choices too. Default 1. */
  readonly seed?: number;
  /** At least 32 characters. Default: random. */
  readonly jwtSecret?: string;
  /** The bypass key of the token endpoint. Default: random. */
  readonly simulationKey?: string;
  /** Default 0: any free port. */
  readonly port?: number;
  readonly pace?: Partial<TwinTiming>;
  /** Monotonic, milliseconds; stamps the journal. Default `performance.now`. */
  readonly clock?: () => number;
  /** `faults` keeps the journal small, for thousands of connections. Default `full`. */
  readonly journal?: JournalMode;
}

/** A running twin. */
export interface Twin extends AsyncDisposable {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  /** `ws://127.0.0.1:PORT/ws` */
  readonly websocketUrl: string;
  readonly jwtSecret: string;
  readonly simulationKey: string;
  readonly journal: Journal;
  /** Calls `listener` whenever a fault really changes something, until the returned function is called. */
  onFault(listener: (firing: FaultFiring) => void): () => void;
  /** Closes every socket with 1001, is away for `awayMs`, and listens at the same port again. */
  restart(awayMs: number): Promise<void>;
  /** Closes every socket with 1001 and resolves when the port is free. */
  close(): Promise<void>;
}

/** Starts a twin on loopback. Throws on an unknown profile or fault, with the valid names. */
export async function startTwin(options: TwinOptions = {}): Promise<Twin> {
  const {
    seed = 1,
    jwtSecret = randomSecret(),
    simulationKey = randomSecret(),
    clock = () => performance.now(),
  } = options;
  const { profile: wanted = 'beta-9', fault = '' } = options;
  const profile = typeof wanted === 'string' ? profileNamed(wanted) : wanted;
  const active = typeof fault === 'string' ? parseFaultExpression(fault, ALL_FAULTS) : fault;
  const usual = { ...DEFAULT_TIMING, ...options.pace };
  const key = await keyOf(jwtSecret);
  const journal = createJournal(clock, options.journal ?? 'full');
  const { fire, onFault } = createFirings(journal);
  const epochMs = (): number => Date.now();
  const parts: TwinParts = {
    profile,
    pace: { ...usual, ...profile.pace?.(usual) },
    seed,
    engine: createFaultEngine(active, seed, fire),
    fire,
    journal,
    connections: createConnections(),
    offlineQueue: createOfflineQueue(),
    threads: createThreads(),
    starts: createStarts(clock),
    verify: createVerifier(key, epochMs),
    admissions: [],
    epochMs,
  };
  const { host, restart, close } = await serveAgain(parts, options.port ?? 0, {
    simulationKey,
    issueToken: (user) => issueToken(key, user, epochMs()),
  });
  return {
    url: `http://${host}`,
    websocketUrl: `ws://${host}${profile.paths[0] ?? '/'}`,
    jwtSecret,
    simulationKey,
    journal,
    onFault,
    restart,
    close,
    [Symbol.asyncDispose]: close,
  };
}

function randomSecret(): string {
  return randomBytes(24).toString('hex');
}
