import type { Settings } from '../env/settings.ts';
import type { Carrier } from './client/connect.ts';
import { monotonicMs } from './client/connect.ts';
import type { Identities, IdentityOptions } from './client/identities/identity.ts';
import { createIdentities } from './client/identities/identities.ts';
import type { Recorder } from './history/recorder.ts';
import { createRecorder } from './history/recorder.ts';
import type { Redact } from './history/redact.ts';
import type { ForgeCredential } from './session/bad-credentials.ts';
import { credentialForge } from './session/bad-credentials.ts';
import type { Connect, Connector } from './session/connector.ts';
import { createConnector } from './session/connector.ts';
import type { HttpClient } from './session/http-client.ts';
import { createHttpClient } from './session/http-client.ts';
import type { JudgedHistory, Judgements } from './session/judgements.ts';
import { judgedHistory } from './session/judgements.ts';
import { retryRefused } from './session/retry-refused.ts';
import type { RunPreflight } from './session/run-preflight.ts';
import { createPreflight } from './session/run-preflight.ts';
import { redactorFor, startRecording } from './session/running-recorder.ts';
import type { Target } from './session/target.ts';

/** What a session is opened with. Target and identities live longer than it and are closed by their owner. */
export interface SessionOptions {
  readonly settings: Settings;
  readonly target: Target;
  readonly identities: Identities;
  /** The value of the header `X-Test-Session`. */
  readonly name: string;
  /** How tokens travel. Default: as the settings say. */
  readonly carrier?: Carrier | undefined;
  /** Default: a redactor that knows every secret of the target. */
  readonly redact?: Redact;
}

/** One history, and how clients are opened into it. */
export interface RecordedClients {
  readonly recorder: Recorder;
  readonly connect: Connect;
}

/**
 * Everything that one test does with a target:
 *
 *     target, identities ─▶ connect, nextIdentity, http, runPreflight, forgeCredential ─▶ recorder ─▶ history ─▶ judgements
 */
export interface Session extends RecordedClients, Pick<Connector, 'nextIdentity' | 'renewIdentity'> {
  readonly settings: Settings;
  readonly target: Target;
  readonly history: JudgedHistory;
  readonly judgements: Judgements;
  readonly http: HttpClient;
  readonly runPreflight: RunPreflight;
  readonly forgeCredential: ForgeCredential;
  /** Another history with the same users, target and redaction, for work whose whole history is too long to keep. */
  anotherHistory(): RecordedClients;
  /** Presents the first valid credential that was refused once more, so that the diagnosis can name the reason. */
  retryRefused(): Promise<void>;
  /** Closes the clients and stops recording; the history is complete then. A second call does nothing more. */
  close(): Promise<void>;
}

/** Opens a session. RecordedClients starts at once; nothing connects before it is asked to. */
export function openSession(options: SessionOptions): Session {
  const { settings, target, identities, redact = redactorFor(target) } = options;
  const { budgets, compression, authCarrier } = settings;
  const { recorder, stop } = startRecording(target, redact);
  const history = judgedHistory(recorder.history);
  const { judgements } = history;
  const shared = { target, identities, budgets, compression, session: options.name };
  const carrier = options.carrier ?? authCarrier;
  const connector = createConnector({ ...shared, carrier, recorder, judgements });
  const end = async (): Promise<void> => {
    await connector.closeAll();
    stop();
    identities.recycle();
  };
  let ending: Promise<void> | undefined;
  return {
    settings,
    target,
    recorder,
    history,
    judgements,
    connect: connector.connect,
    nextIdentity: connector.nextIdentity,
    renewIdentity: connector.renewIdentity,
    http: createHttpClient(target, recorder, budgets),
    runPreflight: createPreflight({ target, recorder, budgets, identities, connector, prompt: settings.prompt }),
    forgeCredential: credentialForge(target, judgements),
    anotherHistory() {
      const own = createRecorder({ clock: monotonicMs, redact });
      const judged = judgedHistory(own.history).judgements;
      return {
        recorder: own,
        connect: createConnector({ ...shared, carrier, recorder: own, judgements: judged }).connect,
      };
    },
    retryRefused: () => retryRefused({ target, recorder, budgets }, connector.attempts),
    close: () => (ending ??= end()),
  };
}

/** What keeps the users of one worker apart from those of every other. */
export type WorkerSlot = Pick<IdentityOptions, 'slot' | 'slots' | 'workerIndex'>;

const ONLY_WORKER: WorkerSlot = { slot: 0, slots: 1 };

/** The test users of a target, for one worker of several; by default for the only one. */
export function openIdentities({ users }: Settings, { credentials }: Target, slot = ONLY_WORKER): Identities {
  return createIdentities({ ...slot, source: credentials, users, nowS: () => Date.now() / 1000 });
}
