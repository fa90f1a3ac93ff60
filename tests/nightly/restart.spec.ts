import { expect, test } from '../../fixtures/reliability.ts';
import { watchService } from '../../src/nightly/watch-service.ts';
import { healthAgreement } from '../../src/reliability/health-agreement.ts';
import { recovery } from '../../src/reliability/recovery.ts';
import { verifies } from '../requirements.ts';

/** While the service restarts, connections are refused. */
test.use({ exemptFrom: ['handshake', 'closing'] });

test(
  'comes back from a restart, where there is one, and is not ready before',
  verifies('reliability:restart'),
  async ({ stage, history }) => {
    await watchService(stage);
    expect(history).toSatisfy(recovery(), healthAgreement({ least: 1 }));
  },
);
