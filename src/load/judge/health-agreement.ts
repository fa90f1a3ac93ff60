import { judgement } from '../../checks/judgement.ts';
import type { Judgement } from '../../checks/judgement.ts';
import type { Check } from '../../checks/verdict.ts';
import type { Outage } from '../observe/outages.ts';
import { outagesOf } from '../observe/outages.ts';
import { samplesOf } from '../observe/service-samples.ts';

const PROMISE = 'while no WebSocket works, health and readiness do not say that all is well';

const CODES = { health: 'health-contradicts-websocket', readiness: 'readiness-lies' } as const;

/** How many attempts in a row must fail before they are an outage: more where attempts fail now and then anyway. */
export interface AgreementRules {
  readonly least: number;
}

/**
 * Health and readiness agree with what WebSockets do, over the whole history (failure notes FM-72, FM-74). The stretch in
 * which HTTP is green and WebSocket red is measured from the first failed attempt under a green answer to the first that
 * works again.
 */
export function healthAgreement({ least }: AgreementRules): Check {
  return (history) => {
    const judging = judgement('health-agreement', PROMISE);
    const samples = samplesOf(history);
    for (const outage of outagesOf(samples, least)) {
      for (const endpoint of ['health', 'readiness'] as const) judge(judging, outage, endpoint);
    }
    const asked = samples.filter(({ health }) => health !== 'not asked');
    judging.cite(...asked.flatMap(({ entries }) => entries).map((index) => ({ index })));
    return judging.verdict(`health agreed with the WebSocket in all ${asked.length} samples`);
  };
}

function judge(judging: Judgement, { samples, toMs, ended }: Outage, endpoint: keyof typeof CODES): void {
  const green = samples.filter((sample) => sample[endpoint] === 'up');
  const [first] = green;
  if (first === undefined) return;
  const lastedMs = Math.round(toMs - first.atMs);
  const until = ended ? `${lastedMs} ms until one worked again` : `${lastedMs} ms, and none worked again`;
  const found = `HTTP green, WebSocket red for ${until}`;
  const because = `${endpoint} said that all is well before ${green.length} of ${samples.length} attempts in a row that failed: ${found}`;
  judging.violated({
    code: CODES[endpoint],
    expected: PROMISE,
    found,
    because,
    entries: green.flatMap(({ entries }) => entries),
    connection: first.connection,
  });
}
