import { expect, test } from '@playwright/test';
import { judge } from '../../src/checks/judgement.ts';
import { alwaysOnFailures } from '../../src/checks/standard-checks.ts';
import { judgeRecording } from '../../src/report/judge-recording.ts';
import { RECORDING, RECORDING_FORMAT } from '../../src/report/recording.ts';
import { savedHistory } from '../../src/report/saved-history.ts';
import { judgesOf } from '../../src/proof/judges.ts';
import { SCENARIOS } from '../../src/proof/scenarios.ts';
import { startScenario } from '../../src/proof/scenario-session.ts';

const CASES: readonly (readonly [keyof typeof SCENARIOS, string])[] = [
  ['conversation', ''],
  ['conversation', 'drop-agent-thinking+pong-late'],
  ['bad-input', 'invalid-json-closes'],
  ['multiple-connections', 'leak-to-other-connection'],
  ['bad-credentials', 'identity-cache'],
  ['comparison', 'e2e-headers-change-behaviour'],
  ['preflight', 'health-503'],
  ['endpoints', 'discovery-empty'],
];

for (const [scenario, fault] of CASES) {
  test(`a saved ${scenario}${fault === '' ? '' : ` with ${fault}`} is judged offline as it was online`, async () => {
    const stage = await startScenario({ fault });
    await SCENARIOS[scenario](stage);
    await stage.stop();
    const { history, settings } = stage;
    const checks = judgesOf(scenario, settings);
    const told = checks.map((check) => judge(check, history));
    const judged = checks.map((check) => ({ upTo: history.length, ...(check.savedAs ?? { check: '', rules: [] }) }));
    const saved = {
      format: RECORDING_FORMAT,
      target: 'twin',
      project: 'twin',
      test: scenario,
      clockZero: '2026-01-02T03:04:05.000Z',
      order: settings.order,
      budgets: settings.budgets,
      exemptFrom: [],
      judged,
      entries: savedHistory(history),
    };
    const recording = RECORDING.parse(JSON.parse(JSON.stringify(saved)));
    expect(judgeRecording(recording)).toEqual([...told, ...alwaysOnFailures(history, told, [])]);
  });
}
