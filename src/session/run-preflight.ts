import type { Budgets } from '../history/budgets.ts';
import { ENDPOINTS, parseJson } from '../checks/endpoint.ts';
import { probeHttp } from '../client/preflight/http-probe.ts';
import type { Identities } from '../client/identities/identity.ts';
import { endpointOf, probeClock, probeDns, probeTcp, probeTls } from '../client/preflight/stages.ts';
import type { Probe } from '../history/entry.ts';
import type { Recorder } from '../history/recorder.ts';
import type { Target } from './target.ts';

/** Tries the stages of the preflight in order and records each, until one fails. */
export type RunPreflight = () => Promise<void>;

/** The preflight of a backend: DNS, TCP, TLS, health, clock, and a token of one test user. */
export function createPreflight(
  { backendUrl }: Pick<Target, 'backendUrl'>,
  identities: Identities,
  recorder: Recorder,
  { connectDeadlineMs }: Budgets,
): RunPreflight {
  const endpoint = endpointOf(backendUrl);
  let health: Probe | undefined;
  const stages: readonly (() => Promise<Probe>)[] = [
    () => probeDns(endpoint),
    () => probeTcp(endpoint, connectDeadlineMs),
    () => probeTls(endpoint, connectDeadlineMs),
    async () => (health = await probeHealth(backendUrl, connectDeadlineMs)),
    () => Promise.resolve(probeClock(health ?? NO_ANSWER, Date.now())),
    () => probeToken(identities),
  ];
  return async () => {
    for (const stage of stages) {
      const probe = await stage();
      recorder.record('', probe);
      if (probe.error !== undefined) return;
    }
  };
}

const NO_ANSWER: Probe = { kind: 'probe', name: 'health', target: '', durationMs: 0 };

async function probeHealth(backendUrl: string, deadlineMs: number): Promise<Probe> {
  const probe = await probeHttp({ name: 'health', url: `${backendUrl}${ENDPOINTS.health.path}`, deadlineMs });
  if (probe.error !== undefined) return probe;
  if (probe.status !== 200) return { ...probe, error: `HTTP ${probe.status}: ${probe.body?.slice(0, 160) ?? ''}` };
  const shape = ENDPOINTS.health.shape.safeParse(parseJson(probe.body));
  return shape.success ? probe : { ...probe, error: `HTTP 200, but not up: ${probe.body?.slice(0, 160) ?? ''}` };
}

async function probeToken(identities: Identities): Promise<Probe> {
  const start = performance.now();
  const identity = await identities.next();
  const probe = { kind: 'probe', name: 'token', target: 'a test user', durationMs: performance.now() - start } as const;
  return 'token' in identity
    ? { ...probe, found: `a token ${identity.source} for ${identity.userId}` }
    : { ...probe, error: `${identity.because}${identity.body === undefined ? '' : ` Body: ${identity.body}`}` };
}
