import { expect, test } from '../../fixtures/index.ts';
import { agentRun, isolation } from '../../src/checks/index.ts';
import { verifies } from '../requirements.ts';

test(
  'delivers the five events of a run in order',
  verifies('events:ordered'),
  async ({ client, history, settings }) => {
    client.ask(settings.prompt);
    await client.settled();
    expect(history).toSatisfy(agentRun(settings));
  },
);

test(
  'delivers two runs one after the other',
  verifies('events:successive-runs'),
  async ({ client, history, settings }) => {
    client.ask(settings.prompt);
    await client.settled();
    client.ask(settings.prompt);
    await client.settled();
    expect(history).toSatisfy(agentRun(settings));
  },
);

test(
  'delivers two runs at once without mixing them up',
  verifies('events:concurrent-runs'),
  async ({ client, history, settings }) => {
    client.ask(settings.prompt);
    client.ask(settings.prompt);
    await client.settled();
    expect(history).toSatisfy(agentRun(settings), isolation());
  },
);
