import {
  expect,
  loseAndReturn,
  loseDuringRun,
  outliveToken,
  reconnection,
  reconnectOften,
  replay,
  secretNeeded,
  test,
  tokenExpiry,
} from '../../fixtures/nightly.ts';
import { heartbeat, welcome } from '../../src/checks/index.ts';
import { verifies } from '../requirements.ts';

test.describe('without a close frame', () => {
  test.use({ exemptFrom: ['closing'] });

  test(
    'welcomes a user whose connection was reset',
    verifies('reliability:reconnect'),
    async ({ nightlyContext, history, settings }) => {
      await loseAndReturn(nightlyContext, 'reset');
      expect(history).toSatisfy(welcome(settings.budgets), reconnection(settings.nightly));
    },
  );
});

test(
  'welcomes a user who closed and returns',
  verifies('reliability:reconnect'),
  async ({ nightlyContext, history, settings }) => {
    await loseAndReturn(nightlyContext, 'close');
    expect(history).toSatisfy(welcome(settings.budgets), reconnection(settings.nightly));
  },
);

test(
  'welcomes one user again and again',
  verifies('reliability:reconnect'),
  async ({ nightlyContext, history, settings }) => {
    await reconnectOften(nightlyContext);
    expect(history).toSatisfy(welcome(settings.budgets), reconnection(settings.nightly));
  },
);

test(
  'delivers what a user missed in the middle of a run',
  verifies('reliability:replay'),
  async ({ nightlyContext, history, settings }) => {
    await loseDuringRun(nightlyContext);
    expect(history).toSatisfy(reconnection(settings.nightly), replay());
  },
);

test.describe('beyond the life of a token', () => {
  test.use({ exemptFrom: ['closing'] });

  test(
    'keeps a connection whose token expires, or says why not',
    verifies('reliability:token-expiry'),
    async ({ nightlyContext, history, settings }) => {
      const tried = await outliveToken(nightlyContext);
      const expiry = tried ? [tokenExpiry(), reconnection(settings.nightly)] : [secretNeeded()];
      expect(history).toSatisfy(welcome(settings.budgets), heartbeat(settings.budgets), ...expiry);
    },
  );
});
