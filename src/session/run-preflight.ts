import type { Budgets } from '../history/budgets.ts';
import { ENDPOINTS, parseJson, redirectOf } from '../checks/endpoint.ts';
import { servesAnybody } from '../checks/served.ts';
import { probeHttp } from '../client/preflight/http-probe.ts';
import type { Identity, IdentityRefused } from '../client/identities/identity.ts';
import { endpointOf, probeClock, probeDns, probeTcp, probeTls } from '../client/preflight/stages.ts';
import type { Probe } from '../history/entry.ts';
import type { CanaryContext } from './canary.ts';
import { runCanary } from './canary.ts';
import { retryRefused } from './retry-refused.ts';

/** Tries the stages of the preflight, and then the canary, and records what happens. */
export type RunPreflight = () => Promise<void>;

/**
 * The preflight of a deployment: DNS, TCP, TLS, health, clock, a token of one test user, and with it the canary. Without name,
 * port, TLS or token nobody connects, so nothing more is tried then. Health is asked while the canary runs: a service may be
 * ill and serve even so, and one that is silent to both costs one deadline. Where nobody is served, what was refused is tried
 * again with one thing changed at a time.
 */
export function createPreflight(context: CanaryContext): RunPreflight {
  const { target, identities, recorder, budgets } = context;
  const endpoint = endpointOf(target.backendUrl);
  const stages: readonly (() => Promise<Probe>)[] = [
    () => probeDns(endpoint),
    () => probeTcp(endpoint, budgets.connectDeadlineMs),
    () => probeTls(endpoint, budgets.connectDeadlineMs),
  ];
  const record = (probe: Probe): Probe => recorder.record('', probe) && probe;
  const askHealth = async (): Promise<void> => {
    const health = record(await probeHealth(target.backendUrl, budgets));
    record(probeClock(health, Date.now()));
  };
  const useToken = async (): Promise<void> => {
    const start = performance.now();
    const identity = await identities.next();
    record(tokenProbe(identity, performance.now() - start));
    if ('token' in identity) await runCanary(context, identity);
  };
  return async () => {
    for (const stage of stages) {
      if (record(await stage()).error !== undefined) return;
    }
    await Promise.all([askHealth(), useToken()]);
    if (!servesAnybody(recorder.history)) await retryRefused(context, context.connector.attempts);
  };
}

async function probeHealth(backendUrl: string, { connectDeadlineMs: deadlineMs }: Budgets): Promise<Probe> {
  const probe = await probeHttp({ name: 'health', url: `${backendUrl}${ENDPOINTS.health.path}`, deadlineMs });
  if (probe.error !== undefined) return probe;
  if (probe.status !== 200)
    return { ...probe, error: `HTTP ${probe.status}${redirectOf(probe)}: ${probe.body?.slice(0, 160) ?? ''}` };
  const shape = ENDPOINTS.health.shape.safeParse(parseJson(probe.body));
  return shape.success ? probe : { ...probe, error: `HTTP 200, but not up: ${probe.body?.slice(0, 160) ?? ''}` };
}

function tokenProbe(identity: Identity | IdentityRefused, durationMs: number): Probe {
  const probe = { kind: 'probe', name: 'token', target: 'a test user', durationMs } as const;
  return 'token' in identity
    ? { ...probe, found: `a token ${identity.source} for ${identity.userId}` }
    : { ...probe, error: `${identity.because}${identity.body === undefined ? '' : ` Body: ${identity.body}`}` };
}
