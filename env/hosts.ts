const NON_PRODUCTION_WORDS =
  'staging stage stg test testing qa uat dev development preprod canary preview sandbox local e2e ci'.split(' ');
const EXPLICIT_WORDS = ['prod', 'production'];
const PUBLIC_WORDS = ['www', 'app', 'api', 'auth', 'live'];

/** Whether a host is this machine: `localhost`, `*.localhost`, `127.0.0.0/8` or `[::1]`, as `URL.hostname` spells it. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host.endsWith('.localhost') || host === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(host);
}

/**
 * The word for which a host is taken for production, or undefined. The words of a host are its labels split at hyphens, but
 * for the last label (`app` of `run.app` says nothing). `prod` and `production` always count; `www`, `app`, `api`,
 * `auth`, `live` and a bare domain (`example.com`) count when no word such as `staging`, `test` or `canary` is beside them.
 */
export function productionWord(host: string): string | undefined {
  if (isLoopback(host) || /^[\d.]+$|^\[/.test(host)) return undefined;
  const labels = host.toLowerCase().split('.');
  const words = labels.slice(0, Math.max(1, labels.length - 1)).flatMap((label) => label.split('-'));
  const explicit = words.find((word) => EXPLICIT_WORDS.includes(word));
  if (explicit !== undefined) return explicit;
  if (words.some((word) => NON_PRODUCTION_WORDS.includes(word))) return undefined;
  return words.find((word) => PUBLIC_WORDS.includes(word)) ?? (labels.length === 2 ? host : undefined);
}
