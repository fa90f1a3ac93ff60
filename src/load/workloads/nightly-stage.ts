import type { EndpointName } from '../../checks/endpoint.ts';
import type { Budgets } from '../../history/budgets.ts';
import type { AgentClient } from '../../client/agent-client.ts';
import type { Identity } from '../../client/identities/identity.ts';
import type { FleetLoad } from '../../../env/fleet.ts';
import type { Recorder } from '../../history/recorder.ts';
import type { NightlyPlan } from '../../../env/nightly.ts';

/** Opens one more client; a new user unless one is given. A refusal is in the history, never thrown. */
export type OpenClient = (request?: { readonly identity?: Identity }) => Promise<AgentClient>;

/** A history of its own, for work whose whole history would be too long to keep. */
export interface ReportedWork {
  readonly recorder: Recorder;
  readonly connect: OpenClient;
}

/** Everything that the work of a night needs. The work acts and records; it judges nothing. */
export interface NightlyStage extends ReportedWork {
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
  /** Restarts the service, where that is in our hands. Resolves when it listens again. */
  readonly restart: (() => Promise<void>) | undefined;
  /** Another history, with the same users, target and redaction. */
  readonly newScene: () => ReportedWork;
}
