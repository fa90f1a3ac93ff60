import { expect, holdConnections, idleStability, observe, test } from '../../fixtures/nightly.ts';
import { heartbeat, welcome } from '../../src/checks/index.ts';
import { verifies } from '../requirements.ts';

test(
  'keeps idle connections alive',
  verifies('reliability:idle'),
  async ({ nightlyContext, history, settings, show }) => {
    await holdConnections(nightlyContext);
    await show(observe(history, [idleStability(settings.nightly)], 'sample'));
    expect(history).toSatisfy(idleStability(settings.nightly), welcome(settings.budgets), heartbeat(settings.budgets));
  },
);
