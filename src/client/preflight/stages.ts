import { lookup } from 'node:dns/promises';
import { once } from 'node:events';
import { connect as connectTcp, isIP } from 'node:net';
import type { Socket } from 'node:net';
import { performance } from 'node:perf_hooks';
import { connect as connectTls } from 'node:tls';
import type { Probe } from '../../history/entry.ts';
import type { ProbeName } from '../../history/probe-names.ts';

/** Tokens are accepted when issued at most this long in the future (protocol notes §3.4, strict validation). */
const TOLERANCE_MS = 60_000;
/** The `Date` header counts whole seconds. */
const RESOLUTION_MS = 1000;

/** Where a deployment listens. */
export interface ServerAddress {
  readonly host: string;
  readonly port: number;
  readonly secure: boolean;
}

/** Host, port and security of a backend URL. An IPv6 address loses its brackets, which belong to the URL only. */
export function endpointOf(backendUrl: string): ServerAddress {
  const { hostname, port, protocol } = new URL(backendUrl);
  const secure = protocol === 'https:';
  return { host: hostname.replace(/^\[|\]$/g, ''), port: port === '' ? (secure ? 443 : 80) : Number(port), secure };
}

/** Resolves the host name. */
export function probeDns({ host }: ServerAddress): Promise<Probe> {
  return stage('dns', host, async () => {
    if (isIP(host) !== 0) return 'an address, nothing to resolve';
    const addresses = await lookup(host, { all: true });
    return addresses.map(({ address }) => address).join(', ');
  });
}

/** Opens a TCP connection and closes it again. */
export function probeTcp({ host, port }: ServerAddress, deadlineMs: number): Promise<Probe> {
  return stage('tcp', `${host}:${port}`, async () => {
    await using socket = holding(connectTcp({ host, port }));
    await once(socket.socket, 'connect', { signal: AbortSignal.timeout(deadlineMs) });
    return `connected to ${socket.socket.remoteAddress ?? host}`;
  });
}

/** Completes a TLS handshake with a verified certificate; says so when the target has no TLS. */
export function probeTls({ host, port, secure }: ServerAddress, deadlineMs: number): Promise<Probe> {
  return stage('tls', `${host}:${port}`, async () => {
    if (!secure) return 'plain connection on loopback, no TLS';
    await using socket = holding(connectTls({ host, port, servername: isIP(host) === 0 ? host : '' }));
    await once(socket.socket, 'secureConnect', { signal: AbortSignal.timeout(deadlineMs) });
    return `${socket.socket.getProtocol() ?? 'TLS'}, certificate valid to ${socket.socket.getPeerCertificate().valid_to}`;
  });
}

/**
 * Compares our clock with the `Date` header of an answer. `nowMs` is when the answer arrived, in epoch milliseconds. A cache
 * answers with the date at which it stored the answer, and with the seconds since then in `Age` (RFC 9111 §5.1): both together
 * are the time of the service. Without a date, or from a cache that does not say how old its answer is, nothing is found, and
 * the preflight is in doubt.
 */
export function probeClock({ target, headers = {}, durationMs }: Probe, nowMs: number): Probe {
  const probe = { kind: 'probe', name: 'clock', target, durationMs: 0 } as const;
  const date = Date.parse(headers['date'] ?? '');
  const ageMs = ageOf(headers);
  if (Number.isNaN(date) || ageMs === undefined) return probe;
  const uncertaintyMs = durationMs + RESOLUTION_MS * (ageMs > 0 ? 2 : 1);
  const skewMs = nowMs - date - ageMs;
  const apartMs = Math.max(0, Math.abs(skewMs) - uncertaintyMs);
  const stored = ageMs > 0 ? `; a cache stored the answer ${ageMs / 1000} s before` : '';
  const found = `our clock is ${Math.round(skewMs)} ms ahead, give or take ${Math.round(uncertaintyMs)} ms${stored}`;
  return apartMs <= TOLERANCE_MS
    ? { ...probe, found }
    : { ...probe, error: `${found}; at most ${TOLERANCE_MS} ms are tolerated. Set the clock of this machine.` };
}

/** Headers in which caches say that they had stored the answer. */
const CACHE_STATUS = ['x-cache', 'cf-cache-status', 'cache-status', 'x-cache-status', 'cdn-cache-status'];
const HIT = /\b(?:hit|stale|updating)\b/i;

/** How long a cache has had the answer; 0 when none had it, `undefined` when one had it and does not say how long. */
function ageOf(headers: NonNullable<Probe['headers']>): number | undefined {
  const age = headers['age']?.trim() ?? '';
  if (/^\d+$/.test(age)) return Number(age) * 1000;
  return CACHE_STATUS.some((name) => HIT.test(headers[name] ?? '')) ? undefined : 0;
}

function holding<S extends Socket>(socket: S): AsyncDisposable & { readonly socket: S } {
  return {
    socket,
    [Symbol.asyncDispose]: async () => {
      socket.on('error', () => undefined);
      socket.destroy();
      if (!socket.closed) await once(socket, 'close');
    },
  };
}

async function stage(name: ProbeName, target: string, attempt: () => Promise<string>): Promise<Probe> {
  const start = performance.now();
  const probe = { kind: 'probe', name, target } as const;
  try {
    return { ...probe, found: await attempt(), durationMs: performance.now() - start };
  } catch (error) {
    return { ...probe, error: describe(error), durationMs: performance.now() - start };
  }
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'AbortError' || error.name === 'TimeoutError') return 'no answer within the deadline';
  if (error instanceof AggregateError) return error.errors.map(describe).join('; ');
  return 'code' in error ? `${error.message} (${String(error.code)})` : error.message;
}
