import { expect, test } from '../../fixtures/index.ts';
import { conversationChecks, preflight } from '../../src/checks/index.ts';
import { verifies } from '../requirements.ts';

test(
  'serves a first user: name, TCP, TLS, health, clock, token, upgrade, welcome, ping, one run',
  { ...verifies('preflight:served'), tag: '@preflight' },
  async ({ runPreflight, history, settings }) => {
    await runPreflight();
    expect(history).toServeAnybody(preflight(), ...conversationChecks(settings));
  },
);
