import { judgement } from '../../checks/judgement.ts';
import type { Check } from '../../checks/verdict.ts';
import { outagesOf } from '../observe/outages.ts';
import type { ServiceSample } from '../observe/service-samples.ts';
import { samplesOf } from '../observe/service-samples.ts';

const PROMISE = 'after a restart connections are welcomed again, and a run ends';

/**
 * What a restart looks like from outside: from the first refused connection over health, readiness and WebSocket to the
 * first good run, in milliseconds. Where nothing was refused no restart was seen, which is a note.
 */
export function recovery(): Check {
  return (history) => {
    const judging = judgement('recovery', PROMISE);
    const samples = samplesOf(history);
    judging.cite(...samples.flatMap(({ entries }) => entries).map((index) => ({ index })));
    const outage = outagesOf(samples, 1).at(-1);
    const [first] = samples;
    if (outage === undefined) {
      const entries = first?.entries ?? [];
      const because = `all ${samples.length} attempts worked`;
      if (first !== undefined) judging.note({ code: 'no-restart-seen', because, entries });
      return judging.verdict(because);
    }
    const after = samples.filter(({ atMs }) => atMs >= outage.fromMs);
    const timeline = milestones(after, outage.fromMs);
    const [only, ...others] = outage.samples;
    if (!outage.ended && others.length === 0 && only !== undefined) {
      const because = 'the last attempt failed, and the test stopped looking before another one';
      judging.doubted({ code: 'not-awaited', because, entries: only.entries, connection: only.connection });
    } else if (!outage.ended || !after.some(({ ran }) => ran)) {
      const entries = outage.samples.flatMap((sample) => sample.entries);
      const connection = outage.samples[0]?.connection ?? '';
      judging.violated({
        code: 'recovery-missing',
        expected: PROMISE,
        found: timeline,
        because: timeline,
        entries,
        connection,
      });
    }
    return judging.verdict(timeline);
  };
}

function milestones(samples: readonly ServiceSample[], fromMs: number): string {
  const after = (what: string, is: (sample: ServiceSample) => boolean): string => {
    const sample = samples.find(is);
    return sample === undefined ? `${what} never` : `${what} after ${Math.round(sample.atMs - fromMs)} ms`;
  };
  return [
    'from the first refused connection',
    after('health up', ({ health }) => health === 'up'),
    after('ready', ({ readiness }) => readiness === 'up'),
    after('WebSocket works', ({ works }) => works),
    after('first good run', ({ ran }) => ran),
  ].join(', ');
}
