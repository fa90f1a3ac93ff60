import { expect, test } from '@playwright/test';
import { endpoint } from '../../../src/checks/endpoint.ts';
import { judge } from '../../../src/checks/judgement.ts';
import { sameJudgement } from '../../../src/checks/same-judgement.ts';
import type { EndpointName } from '../../../src/checks/endpoint.ts';
import { worst } from '../../../src/checks/verdict.ts';
import { codesOf } from './codes.ts';
import { fakeHistory } from '../histories/fake-history.ts';

const ANSWERS: readonly (readonly [EndpointName, number, string, string])[] = [
  ['health', 200, '{"status":"healthy"}', 'holds'],
  ['health', 200, '{"status":"ok"}', 'holds'],
  ['health', 200, '{"status":"degraded"}', 'holds'],
  ['health', 200, '{"status":"unhealthy"}', 'endpoint-malformed'],
  ['health', 200, '<html>', 'endpoint-malformed'],
  ['health', 503, '{"status":"unhealthy"}', 'endpoint-failed'],
  ['websocket-health', 400, '', 'holds'],
  ['websocket-health', 404, '', 'endpoint-failed'],
  ['discovery', 200, '{"services":{"backend":{}}}', 'holds'],
  ['discovery', 200, '{"services":{}}', 'endpoint-malformed'],
  ['mcp-config', 200, '{}', 'endpoint-malformed'],
  ['mcp-servers', 200, '{"data":[]}', 'holds'],
  ['websocket-config', 200, '{"websocket":{"endpoint":"/ws"}}', 'holds'],
];

for (const [name, status, body, expected] of ANSWERS) {
  test(`endpoint: ${name} that answers ${status} ${body} is ${expected}`, () => {
    const { history, probe } = fakeHistory();
    probe({ name, target: name, status, body });
    expect(codesOf(endpoint(name)(history))).toBe(expected);
  });
}

test('endpoint: no answer blames the environment, a 500 the product', () => {
  const blames = [{ error: 'fetch failed' }, { status: 500 }, { status: 503 }].map((answer) => {
    const { history, probe } = fakeHistory();
    probe({ name: 'health', target: 'health', ...answer });
    const verdict = endpoint('health')(history);
    return verdict.holds === false ? verdict.findings[0].blame : 'none';
  });
  expect(blames).toEqual(['environment', 'product', 'environment']);
});

test('endpoint: degraded is a note', () => {
  const { history, probe } = fakeHistory();
  probe({ name: 'health', target: 'health', status: 200, body: '{"status": "degraded"}' });
  expect(endpoint('health')(history).notes.map(({ code }) => code)).toEqual(['degraded']);
});

test('same-judgement: what HTTP and WebSocket say of a token must agree', () => {
  const outcomes = (
    [
      [200, true],
      [401, false],
      [200, false],
      [401, true],
      [404, true],
    ] as const
  ).map(([status, welcomed]) => {
    const { history, probe, socket } = fakeHistory();
    probe({ name: 'rest-with-token', target: 'GET /api/threads', status });
    if (welcomed) socket('c1').ready();
    else socket('c1').asks().refused(403);
    return codesOf(sameJudgement('valid')(history));
  });
  expect(outcomes).toEqual(['holds', 'holds', 'judged-differently', 'judged-differently', 'unknown: not-connected']);
});

test('verdict: the worst of several wins, and a check that crashes is unknown', () => {
  const { history, socket, probe } = fakeHistory();
  socket('c1').ready();
  probe({ name: 'health', target: 'health', status: 500 });
  const crashed = judge(() => {
    throw new Error('boom');
  }, history);
  expect(codesOf(crashed)).toBe('unknown: check-crashed');
  const verdicts = [endpoint('discovery')(history), crashed, endpoint('health')(history)] as const;
  expect(worst(verdicts)).toBe(verdicts[2]);
  expect(worst([verdicts[0], verdicts[1]])).toBe(verdicts[0]);
});
