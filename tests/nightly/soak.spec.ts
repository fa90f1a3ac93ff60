import {
  besideHealth,
  everyRun,
  expect,
  internalErrorRate,
  memoryOverTime,
  memoryStaysFlat,
  soak,
  successRate,
  test,
  withReasons,
} from '../../fixtures/nightly.ts';
import { conversationChecks } from '../../src/checks/index.ts';
import { verifies } from '../requirements.ts';

/** Single failures are what the rates are about. */
test.use({ exemptFrom: ['handshake', 'closing'] });

/** Each answer stays in the history, however long the soak. */
const HEALTH_SAMPLES = 200;

test(
  'stays reliable under steady work',
  verifies('reliability:soak'),
  async ({ nightlyContext, history, settings, show }) => {
    const checks = conversationChecks(settings);
    const connecting = conversationChecks(settings, ['handshake', 'welcome', 'heartbeat', 'agent-run', 'closing']);
    const everyMs = Math.max(settings.nightly.sampleEveryMs, settings.nightly.soakMs / HEALTH_SAMPLES);
    const { observations, memory } = await besideHealth(nightlyContext, () => soak(nightlyContext, checks), everyMs);
    await show(observations, [memoryOverTime(memory)]);
    const internalErrors = observations.some(({ internalError }) => internalError)
      ? [internalErrorRate(observations)]
      : [];
    const rates = [successRate(observations), everyRun(observations), ...internalErrors];
    expect(history).toSatisfy(...withReasons(history, [...rates, memoryStaysFlat(memory)], connecting));
  },
);
