import type { FleetLoad } from '../../../env/fleet.ts';
import type { NightlyPlan } from '../../../env/nightly.ts';
import type { EndpointName } from '../../checks/endpoint.ts';
import type { AgentClient } from '../../client/agent-client.ts';
import type { Identity } from '../../client/identities/identity.ts';
import { mintToken } from '../../client/identities/mint.ts';
import type { Budgets } from '../../history/budgets.ts';
import type { Recorder } from '../../history/recorder.ts';
import type { Session } from '../../session.ts';

/** Opens one more client; a new user unless one is given. A refusal is in the history, never thrown. */
export type OpenClient = (request?: { readonly identity?: Identity }) => Promise<AgentClient>;

/** A history of its own and clients that write it, for work whose whole history would be too long to keep. */
export interface OwnHistory {
  readonly recorder: Recorder;
  readonly connect: OpenClient;
}

/** Everything that a workload of the nightly project needs. Workloads act and record; they judge nothing. */
export interface NightlyContext extends OwnHistory {
  readonly plan: NightlyPlan;
  readonly load: FleetLoad;
  readonly budgets: Budgets;
  readonly prompt: string;
  readonly nextIdentity: () => Promise<Identity>;
  /** A token of the same user that lives for `lifetimeS` seconds; undefined where tokens cannot be minted. */
  readonly shortLived: (identity: Identity, lifetimeS: number) => Promise<Identity | undefined>;
  /** A fresh token of the same user where one can be had; else another user, or the same token. */
  readonly renewed: (identity: Identity) => Promise<Identity>;
  readonly probe: (name: EndpointName) => Promise<void>;
  /** Restarts the service, where this harness can do so. Resolves when it listens again. */
  readonly restart: (() => Promise<void>) | undefined;
  /** Another history, with the same users, target and redaction. */
  readonly newHistory: () => OwnHistory;
}

/** How many samples long the twin is away when it is restarted. */
const AWAY_SAMPLES = 3;
/** As the auth service issues them (protocol notes §3.4). */
const USUAL_LIFETIME_S = 900;

/** The context of nightly workloads on the session of a test. */
export function openNightlyContext(session: Session): NightlyContext {
  const { settings, target, recorder, connect, nextIdentity, http } = session;
  const { nightly: plan, fleet: load, budgets, prompt } = settings;
  const { twin } = target;
  return {
    recorder,
    plan,
    load,
    budgets,
    prompt,
    connect,
    nextIdentity,
    shortLived: (identity, lifetimeS) => shortLived(target.jwtSecret, identity, lifetimeS),
    async renewed(identity) {
      const fresh = await shortLived(target.jwtSecret, identity, USUAL_LIFETIME_S);
      return fresh ?? (identity.source === 'exchanged' ? nextIdentity() : identity);
    },
    probe: http.endpoint,
    restart: twin === undefined ? undefined : () => twin.restart(AWAY_SAMPLES * plan.sampleEveryMs),
    newHistory: session.anotherHistory,
  };
}

/** Another token of the same user; it is valid for at least `lifetimeS` and at most one second more. */
async function shortLived(
  secret: string | undefined,
  identity: Identity,
  lifetimeS: number,
): Promise<Identity | undefined> {
  if (secret === undefined) return undefined;
  const nowS = Date.now() / 1000;
  return { ...identity, token: await mintToken({ secret, userId: identity.userId, nowS, ttlS: lifetimeS + 1 }) };
}

/** Connects and waits for the welcome; a new user unless an identity is given. */
export async function connectWelcomed({ connect }: NightlyContext, identity?: Identity): Promise<AgentClient> {
  const client = await connect(identity === undefined ? {} : { identity });
  await client.welcomed();
  return client;
}
