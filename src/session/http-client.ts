import type { Budgets } from '../history/budgets.ts';
import type { EndpointName } from '../checks/endpoint.ts';
import { ENDPOINTS } from '../checks/endpoint.ts';
import { probeHttp } from '../client/preflight/http-probe.ts';
import { BYPASS_PROBE, THREAD_PROBE, restProbeName } from '../history/probe-names.ts';
import type { ProbeName } from '../history/probe-names.ts';
import { idOfMadeThread } from '../protocol/made-thread.ts';
import type { Recorder } from '../history/recorder.ts';
import type { Target } from './target.ts';

/** Sends HTTP requests to the service; every answer becomes an entry of the history. */
export interface HttpClient {
  /** Requests one endpoint beside the WebSocket. */
  endpoint(name: EndpointName): Promise<void>;
  /** Presents a credential to an authenticated HTTP route. */
  rest(credential: string, token: string | undefined): Promise<void>;
  /** Makes a thread in the name of the user of a token. Resolves to its id, or to `undefined` when none was made. */
  createThread(token: string): Promise<string | undefined>;
  /** Asks the deployment whether it bypasses authentication (protocol notes §3.6). */
  bypass(): Promise<void>;
}

/** An authenticated route that exists in every version (protocol notes §1.2). */
export const AUTHENTICATED_PATH = '/api/threads';
const BYPASS_PATHS = ['/ws/health', '/ws/auth/permissiveness'];

/** An HTTP client whose requests wait at most as long as a connection may take to open. */
export function createHttpClient(
  { backendUrl }: Pick<Target, 'backendUrl'>,
  recorder: Recorder,
  { connectDeadlineMs }: Budgets,
): HttpClient {
  const ask = async (name: ProbeName, path: string, headers: Readonly<Record<string, string>> = {}): Promise<void> => {
    const probe = await probeHttp({ name, url: `${backendUrl}${path}`, headers, deadlineMs: connectDeadlineMs });
    recorder.record('', probe);
  };
  return {
    endpoint: (name) => ask(name, ENDPOINTS[name].path),
    rest: (credential, token) =>
      ask(
        restProbeName(credential),
        AUTHENTICATED_PATH,
        token === undefined ? {} : { Authorization: `Bearer ${token}` },
      ),
    async createThread(token) {
      const probe = await probeHttp({
        name: THREAD_PROBE,
        url: `${backendUrl}${AUTHENTICATED_PATH}`,
        headers: { Authorization: `Bearer ${token}` },
        post: {},
        deadlineMs: connectDeadlineMs,
      });
      recorder.record('', probe);
      return idOfMadeThread(probe.body);
    },
    async bypass() {
      for (const path of BYPASS_PATHS) await ask(BYPASS_PROBE, path);
    },
  };
}
