import type { ServiceSample } from './service-samples.ts';

/** Consecutive attempts of which none worked. Times are monotonic milliseconds. */
export interface Outage {
  readonly samples: readonly ServiceSample[];
  readonly fromMs: number;
  /** The first attempt that worked again; the last one of all when none did. */
  readonly toMs: number;
  readonly ended: boolean;
}

/** The stretches in which at least `least` attempts in a row failed. */
export function outagesOf(samples: readonly ServiceSample[], least: number): readonly Outage[] {
  const outages: Outage[] = [];
  let failing: ServiceSample[] = [];
  const finish = (next: ServiceSample | undefined): void => {
    const [first] = failing;
    if (first !== undefined && failing.length >= least) {
      const toMs = (next ?? failing.at(-1) ?? first).atMs;
      outages.push({ samples: failing, fromMs: first.atMs, toMs, ended: next !== undefined });
    }
    failing = [];
  };
  for (const sample of samples) {
    if (sample.works) finish(sample);
    else failing.push(sample);
  }
  finish(undefined);
  return outages;
}
