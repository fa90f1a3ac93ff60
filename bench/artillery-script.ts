import { requestText } from './bare-loop.ts';

const PING = JSON.stringify({ type: 'ping', timestamp: 1 });
const PER_SECOND = 100;
/** Longer than a run of the twin takes. */
const RUN_S = 0.5;

/**
 * The scenario in Artillery's native steps. `awaiting`: each step takes whatever message comes next, which is how its ws
 * engine knows an answer; otherwise it only sends, and reads nothing.
 */
export function artilleryScript(url: string, token: string, count: number, awaiting: boolean): object {
  const step = (payload: string, as: string): object => ({
    send: { payload, ...(awaiting && { capture: { json: '$.type', as } }) },
  });
  return {
    config: {
      target: url,
      phases: [{ duration: Math.max(1, Math.ceil(count / PER_SECOND)), arrivalCount: count }],
      ws: { headers: { Authorization: `Bearer ${token}` } },
      timeout: 5,
    },
    scenarios: [{ engine: 'ws', flow: [step(PING, 'first'), step(requestText(), 'second'), { think: RUN_S }] }],
  };
}
