import { expect, test } from '../../fixtures/index.ts';
import { agentRun, e2eHeadersAreNeutral, heartbeat, welcome } from '../../src/checks/index.ts';
import { verifies } from '../requirements.ts';

test(
  'behaves alike with and without the E2E headers',
  verifies('headers:neutral'),
  async ({ connect, history, settings }) => {
    const [marked, plain] = [await connect({ withE2eHeaders: true }), await connect({ withE2eHeaders: false })];
    for (const client of [marked, plain]) {
      await client.welcomed();
      await client.ping();
      client.ask(settings.prompt);
      await client.settled();
    }
    expect(history).toSatisfy(
      welcome(settings.budgets),
      heartbeat(settings.budgets),
      agentRun(settings),
      e2eHeadersAreNeutral({ marked: marked.name, plain: plain.name, order: settings.order }),
    );
  },
);
