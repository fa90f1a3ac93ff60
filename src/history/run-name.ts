import type { Run } from './runs.ts';

/** How a run is called in waits, findings and reports: by its nonce where it has one. */
export function runName({ request, nonce }: Pick<Run, 'request' | 'nonce'>): string {
  return `run ${nonce ?? request.message.thread ?? `#${request.index}`}`;
}
