import type { Finding } from '../../checks/verdict.ts';
import { allOf } from '../../history/connections.ts';
import type { EntryOf, History } from '../../history/entry.ts';
import type { Evidence } from './evidence.ts';
import { probesOf } from './evidence.ts';
import { HEALTH_PROBES } from './measure.ts';

const STARTING = /startup in progress|"status"\s*:\s*"(?:starting|unhealthy|not_ready)"|service_not_ready/i;

/** Whether the service says of itself, in this history, that it is not up. */
export function isNotReady(history: History): boolean {
  return allOf(history, 'probe').some(
    ({ name, status, body, error }) =>
      [...HEALTH_PROBES, 'readiness'].includes(name) &&
      (error !== undefined || (status !== undefined && status >= 500) || STARTING.test(body ?? '')),
  );
}

/** Whether the service says of itself, in this history, that it is up. */
export function isHealthy(history: History): boolean {
  return healthProbes(history).some(
    ({ status, error, body }) => error === undefined && status === 200 && !STARTING.test(body ?? ''),
  );
}

function healthProbes(history: History): readonly EntryOf<'probe'>[] {
  return allOf(history, 'probe').filter(({ name }) => HEALTH_PROBES.includes(name));
}

/** The probes with one of the names that a finding cites. */
export function probesNamed(
  evidence: Evidence,
  finding: Finding,
  names: readonly string[],
): readonly EntryOf<'probe'>[] {
  return probesOf(evidence, [finding]).filter(({ name }) => names.includes(name));
}
