import { expect, test } from '../../fixtures/index.ts';
import { preflight } from '../../src/checks/index.ts';
import { verifies } from '../requirements.ts';

test(
  'can be reached: name, TCP, TLS, health, clock, token',
  verifies('preflight:reachable'),
  async ({ runPreflight, history }) => {
    await runPreflight();
    expect(history).toSatisfy(preflight());
  },
);
