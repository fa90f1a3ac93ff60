import { expect, test } from '@playwright/test';
import { alwaysOnFailures } from '../../src/checks/standard-checks.ts';
import { judgeRecording } from '../../src/report/judge-recording.ts';
import { RECORDING, RECORDING_FORMAT } from '../../src/report/recording.ts';
import { savedHistory } from '../../src/report/saved-history.ts';
import { openProofSession } from '../../src/proof/proof-session.ts';
import type { ScenarioName } from '../../src/proof/scenarios.ts';
import { SCENARIOS } from '../../src/proof/scenarios.ts';

const CASES: readonly (readonly [ScenarioName, string])[] = [
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
    const { act, checks } = SCENARIOS[scenario];
    const session = await openProofSession({ fault });
    await act(session);
    await session.close();
    const { history, judgements, settings } = session;
    const verdicts = checks(settings).map((check) => judgements.judge(check));
    const saved = {
      format: RECORDING_FORMAT,
      target: 'twin',
      project: 'twin',
      test: scenario,
      clockZero: '2026-01-02T03:04:05.000Z',
      order: settings.order,
      budgets: settings.budgets,
      exemptFrom: [],
      judged: judgements.saved(),
      entries: savedHistory(history),
    };
    const recording = RECORDING.parse(JSON.parse(JSON.stringify(saved)));
    expect(recording.judged.every((saved) => 'check' in saved)).toBe(true);
    expect(judgeRecording(recording)).toEqual([...verdicts, ...alwaysOnFailures(history, verdicts, [])]);
  });
}
