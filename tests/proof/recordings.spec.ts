import { expect, test } from '@playwright/test';
import { judge } from '../../src/checks/guarded.ts';
import { askedOf } from '../../src/checks/index.ts';
import { untoldVerdicts } from '../../src/checks/always-on.ts';
import { judgeRecording } from '../../src/report/judge-recording.ts';
import { RECORDING, RECORDING_FORMAT } from '../../src/report/recording.ts';
import { savedHistory } from '../../src/report/saved-history.ts';
import { judgesOf } from './judges.ts';
import { SCENARIOS } from './scenarios.ts';
import { setStage } from './stage.ts';

const CASES: readonly (readonly [keyof typeof SCENARIOS, string])[] = [
  ['conversation', ''],
  ['conversation', 'drop-agent-thinking+pong-late'],
  ['rudeness', 'invalid-json-closes'],
  ['company', 'leak-to-other-connection'],
  ['strangers', 'identity-cache'],
  ['comparison', 'e2e-headers-change-behaviour'],
  ['arrival', 'health-503'],
  ['visit', 'discovery-empty'],
];

for (const [scenario, fault] of CASES) {
  test(`a saved ${scenario}${fault === '' ? '' : ` with ${fault}`} is judged offline as it was online`, async () => {
    const stage = await setStage({ fault });
    await SCENARIOS[scenario](stage);
    await stage.strike();
    const { history, settings } = stage;
    const checks = judgesOf(scenario, settings);
    const told = checks.map((check) => judge(check, history));
    const judged = checks.map((check) => ({ upTo: history.length, ...(askedOf(check) ?? { check: '', rules: [] }) }));
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
    expect(judgeRecording(recording)).toEqual([...told, ...untoldVerdicts(history, told, [])]);
  });
}
