import { expect, test } from '../../fixtures/index.ts';
import { preflight } from '../../src/checks/index.ts';
import { verifies } from '../requirements.ts';

test(
  'can be reached: name, TCP, TLS, health, clock, token',
  verifies('preflight:reachable'),
  async ({ reach, history }) => {
    await reach();
    expect(history).toSatisfy(preflight());
  },
);
