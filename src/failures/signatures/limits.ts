import { onEndingAnywhere } from './endings.ts';
import { onFinding } from './evidence.ts';
import type { Signature } from './signature.ts';

/** Limits of the service; they say nothing about the token (failure notes FM-70, FM-71). */
export const LIMIT_SIGNATURES: readonly Signature[] = [
  {
    id: 'FM-70',
    title: 'a limit of concurrent connections is reached',
    phase: 'upgrade',
    blame: 'environment',
    rule: 'close 1008 whose reason counts connections',
    specificity: 'mark',
    matches: onEndingAnywhere(
      ({ code, reason }) => code === 1008 && /too many|connections?\b.*\d+\s*\/\s*\d+/i.test(reason),
    ),
    sharesWith: ['FM-69'],
    candidates: [
      'more connections per user or client than the service allows (3 to 5)',
      'connections that leaked before',
    ],
    next: ['Give the project more test users, or lower CONNECTIONS', 'Do not read it as a refused token'],
  },
  {
    id: 'FM-71',
    title: 'the service throttles, or its circuit breaker is open',
    phase: 'upgrade',
    blame: 'environment',
    rule: 'close 1013, close 1008 that names a rate limit, or HTTP 429',
    specificity: 'mark',
    matches: (evidence) =>
      onEndingAnywhere(
        ({ code, reason }) => code === 1013 || (code === 1008 && /rate limit|limit exceeded/i.test(reason)),
      )(evidence) ?? onFinding(['limit-reached'], ({ because }) => !/too many concurrent/i.test(because))(evidence),
    candidates: ['too many requests in a short time', 'an open circuit breaker after earlier failures'],
    next: ['Wait for the time that the reason names, and run again', 'Look for what failed before the breaker opened'],
  },
];
