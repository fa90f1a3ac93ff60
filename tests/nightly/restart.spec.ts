import { expect, healthAgreement, recovery, test, watchService } from '../../fixtures/nightly.ts';
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
