import { expect, test, withReasons } from '../../fixtures/reliability.ts';
import { agentRun, handshake, heartbeat, welcome } from '../../src/checks/index.ts';
import { tryConnections } from '../../src/nightly/try-connections.ts';
import { everyRun, internalErrorRate, successRate } from '../../src/reliability/gates.ts';
import { healthAgreement } from '../../src/reliability/health-agreement.ts';
import { observe } from '../../src/reliability/observe.ts';
import { verifies } from '../requirements.ts';

/** Single failures are what the rates are about. */
test.use({ exemptFrom: ['handshake', 'closing'] });

/** Attempts that fail in a row before it is an outage; at a failure rate of 2 % so many in a row are no chance. */
const AN_OUTAGE = 5;

test('connects as reliably as promised', verifies('reliability:rates'), async ({ stage, history, settings, show }) => {
  const { budgets } = settings;
  await tryConnections(stage);
  const connecting = [handshake(), welcome(budgets), heartbeat(budgets)];
  const observations = observe(history, [...connecting, agentRun(settings)]);
  await show(observations);
  const gates = [successRate(observations), internalErrorRate(observations), everyRun(observations)];
  expect(history).toSatisfy(...withReasons(gates, connecting), healthAgreement({ least: AN_OUTAGE }));
});
