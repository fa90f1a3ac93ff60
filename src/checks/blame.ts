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

/** Who acts: one of the blamed, or `open` where what was recorded cannot tell. */
export type Owner = Blame | 'open';

export const OWNERS: readonly Owner[] = [...BLAMES, 'open'];

const IN_WORDS: Readonly<Record<Owner, string>> = {
  product: 'developers of the backend',
  auth: 'keepers of credentials and auth service',
  environment: 'operators of the deployment',
  harness: 'keepers of this test harness',
  open: 'open: cannot be told from here',
};

/** Who has to look, in words. */
export function ownerOf(owner: Owner): string {
  return IN_WORDS[owner];
}
