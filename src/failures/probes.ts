import type { Finding } from '../checks/verdict.ts';
import { allOf } from '../history/connections.ts';
import type { EntryOf, History } from '../history/entry.ts';
import { AFTERWARDS, HEALTH_PROBES, REST_PROBES } from '../history/probe-names.ts';
import type { Evidence } from './evidence.ts';

const STARTING = /startup in progress|"status"\s*:\s*"(?:starting|unhealthy|not_ready)"|service_not_ready/i;
const EXCERPT_CHARACTERS = 160;

/** The probes that findings cite. */
export function probesOf({ history }: Evidence, findings: readonly Finding[]): readonly EntryOf<'probe'>[] {
  const cited = new Set(findings.flatMap(({ entries }) => entries));
  return allOf(history, 'probe').filter(({ index }) => cited.has(index));
}

/** The probes with one of the names that a finding cites. */
export function probesNamed(
  evidence: Evidence,
  finding: Finding,
  names: readonly string[],
): readonly EntryOf<'probe'>[] {
  return probesOf(evidence, [finding]).filter(({ name }) => names.includes(name));
}

/** Whether the service says of itself, in this history, that it is not up. */
export function isNotReady(history: History): boolean {
  return allOf(history, 'probe').some(
    ({ name, status, body, error }) =>
      [...HEALTH_PROBES, 'readiness'].includes(name) &&
      status !== undefined &&
      (error !== undefined || status >= 500 || STARTING.test(body ?? '')),
  );
}

/** Whether the service says of itself, in this history, that it is up. */
export function isHealthy(history: History): boolean {
  return healthProbes(history).some(
    ({ status, error, body }) => error === undefined && status === 200 && !STARTING.test(body ?? ''),
  );
}

/** What was tried with the same token: over HTTP, and upgrades with one thing changed. */
export function retriesIn({ history }: Evidence): readonly EntryOf<'probe'>[] {
  const names: readonly string[] = [...Object.values(AFTERWARDS), ...REST_PROBES];
  return allOf(history, 'probe').filter(({ name }) => name !== AFTERWARDS.health && names.includes(name));
}

/** Status of the same token over HTTP; `undefined` when that was not tried, or gave no answer. */
export function statusOverHttp({ history }: Evidence): number | undefined {
  return allOf(history, 'probe').findLast(({ name, status }) => REST_PROBES.includes(name) && status !== undefined)
    ?.status;
}

/** Whether another try of the upgrade, with that one thing changed, succeeded. */
export function succeeded({ history }: Evidence, retry: keyof typeof AFTERWARDS): boolean {
  return allOf(history, 'probe').some(({ name, status }) => name === AFTERWARDS[retry] && status === 101);
}

/** Whether the port of the socket was found to speak TLS; a certificate that is not trusted says so, too. */
export function speaksTls({ history }: Evidence): boolean {
  return allOf(history, 'probe').some(
    ({ name, found, error }) => name === AFTERWARDS.tls && (found !== undefined || /certificate/i.test(error ?? '')),
  );
}

/** The last answer of a health endpoint, as a line. */
export function healthAtTheTime(history: History): string {
  const probe = healthProbes(history).at(-1);
  return probe === undefined ? 'health at the time: not asked in this test' : `health at the time: ${probed(probe)}`;
}

function healthProbes(history: History): readonly EntryOf<'probe'>[] {
  return allOf(history, 'probe').filter(({ name }) => HEALTH_PROBES.includes(name));
}

/** One probe and its answer, as a line. */
export function probed({ target, status, error, found, body, durationMs }: EntryOf<'probe'>): string {
  const answer = error ?? found ?? `HTTP ${status}, ${describeBody(body)}`;
  return `${target} → ${answer}, in ${Math.round(durationMs)} ms`;
}

/** The length and the beginning of an HTTP body, on one line. */
export function describeBody(body: string | undefined): string {
  if (body === undefined || body === '') return 'no body';
  const oneLine = body.trim().replaceAll(/\s+/g, ' ');
  const cut = oneLine.length > EXCERPT_CHARACTERS ? `${oneLine.slice(0, EXCERPT_CHARACTERS)}…` : oneLine;
  return `body of ${body.length} characters: ${cut}`;
}
