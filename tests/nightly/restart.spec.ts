import { expect, test } from '../../fixtures/nightly.ts';
import { watchService } from '../../src/load/workloads/try-connections.ts';
import { healthAgreement, recovery } from '../../src/load/judge/outages.ts';
import { verifies } from '../requirements.ts';

/** While the service restarts, connections are refused. */
test.use({ exemptFrom: ['handshake', 'closing'] });

test(
  'comes back from a restart, where there is one, and is not ready before',
  verifies('reliability:restart'),
  async ({ nightlyContext, history }) => {
    await watchService(nightlyContext);
    expect(history).toSatisfy(recovery(), healthAgreement({ least: 1 }));
  },
);
