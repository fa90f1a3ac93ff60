/** Who has to look: `product`, the backend's developers; `auth`, the owners of credentials; `environment`, the operators of the deployment; `harness`, we ourselves. */
export const BLAMES = ['product', 'auth', 'environment', 'harness'] as const;

export type Blame = (typeof BLAMES)[number];

/** The phases of a test, in order. A finding belongs to the phase that failed. */
export const PHASES = [
  'setup',
  'dns',
  'tcp',
  'tls',
  'http',
  'auth',
  'upgrade',
  'welcome',
  'ping',
  'request',
  'events',
  'frames',
  'isolation',
  'close',
] as const;

export type Phase = (typeof PHASES)[number];
