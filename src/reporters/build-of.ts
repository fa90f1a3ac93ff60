import { z } from 'zod';

const PROBE = z.object({ kind: z.literal('probe'), name: z.literal('health'), body: z.string() });
const RECORDING = z.object({ entries: z.array(z.unknown()) });
const HEALTH = z.record(z.string(), z.unknown());

/** Fields of a health answer that tell which build answers, in order of usefulness (protocol notes §1.2). */
const TELLING = ['revision', 'commit', 'build', 'git_sha', 'image', 'version', 'service', 'environment'];

/** What the health probe of a saved history says about the build of the deployment; undefined when it says nothing. */
export function buildOf(savedHistory: string): string | undefined {
  const probes = RECORDING.safeParse(parsed(savedHistory)).data?.entries ?? [];
  const health = probes.map((entry) => PROBE.safeParse(entry).data).findLast((probe) => probe !== undefined);
  const body = health === undefined ? undefined : HEALTH.safeParse(parsed(health.body)).data;
  if (body === undefined) return undefined;
  const told = TELLING.flatMap((field) => {
    const value = body[field];
    return typeof value === 'string' || typeof value === 'number' ? [`${field} ${value}`] : [];
  });
  return told.length === 0 ? undefined : told.join(', ');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
