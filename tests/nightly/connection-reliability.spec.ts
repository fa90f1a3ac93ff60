import { expect, healthAgreement, ratesOf, test, tryConnections, withReasons } from '../../fixtures/nightly.ts';
import { verifies } from '../requirements.ts';

/** Single failures are what the rates are about. */
test.use({ exemptFrom: ['handshake', 'closing'] });

/** Attempts that fail in a row before it is an outage; at a failure rate of 2 % so many in a row are no chance. */
const AN_OUTAGE = 5;

test(
  'connects as reliably as promised',
  verifies('reliability:rates'),
  async ({ nightlyContext, history, settings, show }) => {
    await tryConnections(nightlyContext);
    const { observations, gates, reasons } = ratesOf(history, settings);
    await show(observations);
    expect(history).toSatisfy(...withReasons(history, gates, reasons), healthAgreement({ least: AN_OUTAGE }));
  },
);
