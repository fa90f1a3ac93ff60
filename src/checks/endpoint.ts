import { z } from 'zod';
import type { EntryOf, History } from '../history/entry.ts';
import { allOf } from '../history/connections.ts';
import { noteDegradedAnswer } from './degraded-answer.ts';
import type { Endpoint, EndpointName } from './endpoint-shapes.ts';
import { ENDPOINTS } from './endpoint-shapes.ts';
import type { Judgement } from './judgement.ts';
import { judgement } from './judgement.ts';
import { parseJson } from './parse-json.ts';
import type { Check } from './verdict.ts';

/**
 * A service endpoint answers 200 in its documented shape. `degraded` is a note, not a failure (failure notes FM-73);
 * where a middleware may answer for the endpoint, that is a note too.
 */
export function endpoint(name: EndpointName): Check {
  const documented: Endpoint = ENDPOINTS[name];
  const promise = `GET ${documented.path} answers 200 in its documented shape`;
  return (history: History) => {
    const judging = judgement('endpoint', promise);
    for (const probe of allOf(history, 'probe').filter((candidate) => candidate.name === name)) {
      judge(judging, probe, documented, promise);
    }
    return judging.verdict(`${documented.path} answered as documented`);
  };
}

function judge(
  judging: Judgement,
  probe: EntryOf<'probe'>,
  { shape, inconclusive = [] }: Endpoint,
  expected: string,
): void {
  const entries = [probe.index];
  judging.cite(probe);
  if (inconclusive.some((status) => status === probe.status)) {
    const because = `${probe.target} answered ${probe.status}: a middleware may answer for it`;
    return judging.note({ code: 'probe-blocked', because, entries });
  }
  if (probe.status !== 200) {
    const found = probe.status === undefined ? (probe.error ?? 'no answer') : `HTTP ${probe.status}`;
    const because = `${probe.target} gave ${found} after ${Math.round(probe.durationMs)} ms${quote(probe.body)}`;
    const blame = probe.status === undefined || probe.status >= 502 ? 'environment' : 'product';
    return judging.violated({ code: 'endpoint-failed', blame, expected, found, because, entries });
  }
  const parsed = shape.safeParse(parseJson(probe.body));
  if (!parsed.success) {
    const problem = z.prettifyError(parsed.error).replaceAll(/\s+/g, ' ');
    const because = `${probe.target} answered 200, but ${problem}${quote(probe.body)}`;
    return judging.violated({ code: 'endpoint-malformed', expected, found: problem, because, entries });
  }
  noteDegradedAnswer(judging, probe);
}

function quote(body: string | undefined): string {
  return body === undefined || body === '' ? '' : `; body ${JSON.stringify(body.slice(0, 160))}`;
}
