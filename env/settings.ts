import type { AgentEvent } from '../src/protocol/agent-events.ts';
import type { Budgets } from '../src/history/budgets.ts';
import type { FleetLoad } from './fleet-load.ts';
import type { NightlyPlan } from './nightly-plan.ts';
import type { TokenSource } from './token-source.ts';
import type { AUTH_CARRIERS } from './variables-of-identity.ts';
import type { ORDER_MODES } from './variables-of-the-target.ts';

export { environments } from './environments.ts';
export { loadSettings } from './load.ts';
export { parseSettings } from './parse.ts';
export { type TwinVocabulary } from './rules-of-the-twin.ts';
export { SettingsError } from './settings-error.ts';
export { type Sources } from './sources.ts';
export { type TokenSource } from './token-source.ts';

/** What a project runs with. Made by `loadSettings(project)`; nothing else reads the environment. */
export interface Settings {
  /** Name of the Playwright project and of its env file. */
  readonly project: string;
  readonly target: 'twin' | 'remote';
  /** The env file names a remote deployment, and the twin was asked for in its place. */
  readonly rehearsal: boolean;
  /** The three addresses: of a remote target only, without a slash at the end. */
  readonly backendUrl?: string;
  readonly websocketUrl?: string;
  readonly authUrl?: string;
  readonly tokenSource: TokenSource;
  /** A list of ids, or a pattern in which `{uuid}` becomes a UUID and `{n}` a number. Not used with exchanged or given tokens. */
  readonly users: readonly string[] | { readonly pattern: string };
  readonly authCarrier: (typeof AUTH_CARRIERS)[number];
  /** Size of the concurrent specs. */
  readonly connections: number;
  readonly fleet: FleetLoad;
  readonly nightly: NightlyPlan;
  readonly prompt: string;
  readonly order: (typeof ORDER_MODES)[number];
  /** The events that every run owes. */
  readonly required: readonly AgentEvent[];
  /** Whether clients offer permessage-deflate. */
  readonly compression: boolean;
  readonly budgets: Budgets;
  /** `fault` is `a+b@0.02`, or empty for none. */
  readonly twin: { readonly profile: string; readonly fault: string; readonly seed: number };
  /** Every configured secret value, for the redactor; those of weaker sources as well. */
  readonly secrets: readonly string[];
  /** Effective settings for the report, name → value. Holds no secret. */
  readonly described: Readonly<Record<string, string>>;
}
