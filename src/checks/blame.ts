/** Who has to look: the backend's developers, whoever owns credentials, whoever runs the deployment, or we ourselves. */
export const BLAMES = ['product', 'auth', 'environment', 'harness'] as const;

export type Blame = (typeof BLAMES)[number];

/** The milestones of a test, in order; a finding belongs to the one that was not reached, or not well. */
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
