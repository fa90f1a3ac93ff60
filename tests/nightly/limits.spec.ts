import {
  connectionLimit,
  exceedConnections,
  exceedRate,
  exceedSize,
  expect,
  messageRate,
  messageSize,
  test,
} from '../../fixtures/nightly.ts';
import { verifies } from '../requirements.ts';

/** What exceeds a limit may be refused, or closed. */
test.use({ exemptFrom: ['handshake', 'closing'] });

test(
  'answers more connections of one user than are allowed',
  verifies('reliability:limits'),
  async ({ nightlyContext, history }) => {
    await exceedConnections(nightlyContext);
    expect(history).toSatisfy(connectionLimit());
  },
);

test(
  'answers messages around the largest size',
  verifies('reliability:limits'),
  async ({ nightlyContext, history }) => {
    await exceedSize(nightlyContext);
    expect(history).toSatisfy(messageSize());
  },
);

test(
  'answers more messages at once than a minute allows',
  verifies('reliability:limits'),
  async ({ nightlyContext, history }) => {
    await exceedRate(nightlyContext);
    expect(history).toSatisfy(messageRate());
  },
);
