import { loadSettings } from '../../env/settings.ts';
import type { Settings } from '../../env/settings.ts';
import { createConnector } from '../../fixtures/connector.ts';
import type { Connector } from '../../fixtures/connector.ts';
import { credentialForge } from '../../fixtures/credentials.ts';
import type { ForgeCredential } from '../../fixtures/credentials.ts';
import type { TwinOverride } from '../../fixtures/options.ts';
import { createReach } from '../../fixtures/preflight.ts';
import type { Reach } from '../../fixtures/preflight.ts';
import { createProbe } from '../../fixtures/probe.ts';
import type { Probe } from '../../fixtures/probe.ts';
import { startRecording } from '../../fixtures/recording.ts';
import { openTarget } from '../../fixtures/target.ts';
import { createIdentities } from '../../src/client/identity.ts';
import type { History } from '../../src/history/entry.ts';
import type { Twin } from '../../src/twin/twin.ts';
import { HASTE } from './haste.ts';

/** Everything that a scenario needs, on a twin of its own. */
export interface Stage extends Pick<Connector, 'connect' | 'nextIdentity'> {
  readonly settings: Settings;
  readonly twin: Twin;
  readonly history: History;
  readonly probe: Probe;
  readonly reach: Reach;
  readonly forgeCredential: ForgeCredential;
  /** Closes the clients and the twin; the history is complete afterwards. */
  strike(): Promise<void>;
}

/** Starts a twin that behaves as the override says, under short budgets. */
export async function setStage(override: TwinOverride): Promise<Stage> {
  const settings = loadSettings('twin', { process: { ...HASTE, ...override.variables } });
  const target = await openTarget(settings, override);
  if (target.twin === undefined) throw new Error('Proof: expected the target to be the twin. See env/twin.env.');
  const { recorder, stop } = startRecording(target);
  const nowS = (): number => Date.now() / 1000;
  const identities = createIdentities({ source: target.credentials, users: settings.users, lane: 0, lanes: 1, nowS });
  const { budgets, authCarrier } = settings;
  const connector = createConnector({
    target,
    recorder,
    identities,
    budgets,
    carrier: authCarrier,
    compression: settings.compression,
    session: 'e2e-proof',
  });
  return {
    settings,
    twin: target.twin,
    history: recorder.history,
    connect: connector.connect,
    nextIdentity: connector.nextIdentity,
    probe: createProbe(target, recorder, budgets),
    reach: createReach(target, identities, recorder, budgets),
    forgeCredential: credentialForge(target, recorder),
    async strike() {
      await connector.closeAll();
      stop();
      await target.close();
    },
  };
}
