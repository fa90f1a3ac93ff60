/** The HTTP endpoints of the service that are asked beside the WebSocket (protocol notes §1.2). */
export const ENDPOINT_PROBES = [
  'health',
  'api-health',
  'readiness',
  'websocket-health',
  'websocket-config',
  'discovery',
  'mcp-config',
  'mcp-servers',
] as const;

/** The stages between us and a first connection, in order. */
export const PREFLIGHT_STAGES = ['dns', 'tcp', 'tls', 'health', 'clock', 'token'] as const;

/**
 * What the harness tries after a test in which a valid credential got no welcome: the same token with one thing changed. An
 * upgrade that is welcomed has status 101.
 */
export const AFTERWARDS = {
  rest: 'afterwards-rest',
  byHeader: 'afterwards-by-header-alone',
  bySubprotocol: 'afterwards-by-subprotocol-alone',
  withoutE2eHeaders: 'afterwards-without-e2e-headers',
  otherUserId: 'afterwards-with-another-form-of-user-id',
  usualPath: 'afterwards-at-the-usual-path',
  tls: 'afterwards-tls',
  health: 'afterwards-health',
} as const;

/** The probe of the canary that asks for a run on a connection that gets no welcome. An event of the run has status 101. */
export const ASKED_UNWELCOMED = 'asked-without-welcome';

/** The probes that present a valid credential over HTTP. */
export const REST_PROBES: readonly ProbeName[] = [AFTERWARDS.rest, 'rest-with-token'];

/** The probes that say how the service is. */
export const HEALTH_PROBES: readonly ProbeName[] = ['health', 'api-health', AFTERWARDS.health];

/** The probe that makes a thread with `POST /api/threads`. */
export const THREAD_PROBE = 'thread-made';

/** The probe that asks whether the deployment bypasses authentication (protocol notes §3.6). */
export const BYPASS_PROBE = 'bypass';

/** Facts that nightly work records beside the connections: the memory of the harness, a soak, the end of a token. */
export const NIGHTLY_PROBES = ['memory', 'soak', 'token-expired'] as const;

/** The name of every probe, closed: checks and signatures find probes by it. */
export type ProbeName =
  | (typeof ENDPOINT_PROBES)[number]
  | (typeof PREFLIGHT_STAGES)[number]
  | (typeof AFTERWARDS)[keyof typeof AFTERWARDS]
  | (typeof NIGHTLY_PROBES)[number]
  | typeof ASKED_UNWELCOMED
  | typeof BYPASS_PROBE
  | typeof THREAD_PROBE
  | `rest-with-${string}`;

const FIXED: ReadonlySet<string> = new Set([
  ...ENDPOINT_PROBES,
  ...PREFLIGHT_STAGES,
  ...Object.values(AFTERWARDS),
  ...NIGHTLY_PROBES,
  ASKED_UNWELCOMED,
  BYPASS_PROBE,
  THREAD_PROBE,
]);

/** The probe that presents a credential, `valid` or a kind of bad one, to an authenticated HTTP route. */
export function restProbeName(credential: string): `rest-with-${string}` {
  return credential === 'valid' ? 'rest-with-token' : `rest-with-${credential}`;
}

/** Whether a text is the name of a probe, as the reader of saved histories asks. */
export function isProbeName(text: unknown): text is ProbeName {
  return typeof text === 'string' && (FIXED.has(text) || /^rest-with-./.test(text));
}
