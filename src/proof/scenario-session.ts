import { loadSettings } from '../../env/settings.ts';
import type { Settings } from '../../env/settings.ts';
import { createConnector } from '../../fixtures/connector.ts';
import type { Connector } from '../../fixtures/connector.ts';
import { credentialForge } from '../../fixtures/credentials.ts';
import type { ForgeCredential } from '../../fixtures/credentials.ts';
import type { TwinOverride } from '../../fixtures/options.ts';
import { createPreflight } from '../../fixtures/preflight.ts';
import type { RunPreflight } from '../../fixtures/preflight.ts';
import { createHttpClient } from '../../fixtures/http-client.ts';
import type { HttpClient } from '../../fixtures/http-client.ts';
import { startRecording } from '../../fixtures/running-recorder.ts';
import { openTarget } from '../../fixtures/target.ts';
import { createIdentities } from '../client/identities/identities.ts';
import type { History } from '../history/entry.ts';
import type { Twin } from '../twin/twin.ts';
import { SHORT_BUDGETS } from './short-budgets.ts';

/** Everything that a scenario needs, on a twin of its own. */
export interface ScenarioSession extends Pick<Connector, 'connect' | 'nextIdentity'> {
  readonly settings: Settings;
  readonly twin: Twin;
  readonly history: History;
  readonly probe: HttpClient;
  readonly runPreflight: RunPreflight;
  readonly forgeCredential: ForgeCredential;
  /** Closes the clients and the twin; the history is complete afterwards. */
  stop(): Promise<void>;
}

/** Starts a twin that behaves as the override says, under short budgets. */
export async function startScenario(override: TwinOverride): Promise<ScenarioSession> {
  const settings = loadSettings('twin', { process: { ...SHORT_BUDGETS, ...override.variables } });
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
    probe: createHttpClient(target, recorder, budgets),
    runPreflight: createPreflight(target, identities, recorder, budgets),
    forgeCredential: credentialForge(target, recorder),
    async stop() {
      await connector.closeAll();
      stop();
      await target.close();
    },
  };
}
