import type { History } from '../history/entry.ts';
import { allOf } from '../history/connections.ts';
import { PREFLIGHT_STAGES } from '../history/probe-names.ts';
import { noteDegradedAnswer } from './endpoint.ts';
import type { ViolationCode } from './findings.ts';
import { judgement } from './judgement.ts';
import { tlsHint } from './tls-hints.ts';
import type { Check } from './verdict.ts';

type PreflightStage = (typeof PREFLIGHT_STAGES)[number];

const CODE: Readonly<Record<PreflightStage, ViolationCode>> = {
  dns: 'dns-failed',
  tcp: 'tcp-failed',
  tls: 'tls-failed',
  health: 'health-failed',
  clock: 'clock-skewed',
  token: 'token-unavailable',
};

const EXPECTED: Readonly<Record<PreflightStage, string>> = {
  dns: 'the host name resolves',
  tcp: 'the port accepts a connection',
  tls: 'the certificate is valid for the host',
  health: 'GET /health says healthy, ok, ready or degraded',
  clock: 'the clocks of client and server agree within the tolerance',
  token: 'a token for a test user can be had',
};

/** What a connection needs is there: each stage succeeded. The first stage that failed is the only finding, because the others depend on it. */
export function preflight(): Check {
  return (history: History) => {
    const judging = judgement('preflight', `${PREFLIGHT_STAGES.join(', ')} all succeed`);
    for (const stage of PREFLIGHT_STAGES) {
      const probe = allOf(history, 'probe').findLast(({ name }) => name === stage);
      if (probe === undefined) {
        const because = `the stage ${stage} was not tried`;
        judging.doubted({ code: 'not-asked', because, entries: [] });
        break;
      }
      if (probe.error !== undefined) {
        const hint = stage === 'tls' ? tlsHint(probe.error) : '';
        const because = `stage ${stage}, ${probe.target}: ${probe.error}${hint}`;
        judging.violated({
          code: CODE[stage],
          expected: EXPECTED[stage],
          found: probe.error,
          because,
          entries: [probe.index],
        });
        break;
      }
      if (probe.found === undefined && probe.status === undefined) {
        const because = `stage ${stage}, ${probe.target}: the answer did not tell`;
        judging.doubted({ code: 'not-asked', because, entries: [probe.index] });
        break;
      }
      judging.cite(probe);
      if (stage === 'health') noteDegradedAnswer(judging, probe);
    }
    return judging.verdict('every stage of the preflight succeeded');
  };
}
