import { expect, test } from '../../fixtures/index.ts';
import { agentRun, isolation, knownThread } from '../../src/checks/index.ts';
import { verifies } from '../requirements.ts';

test(
  'delivers the five events of a run in order',
  { ...verifies('events:ordered'), tag: '@smoke' },
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

test(
  'answers in a thread that was made over HTTP',
  verifies('events:known-thread'),
  async ({ connect, nextIdentity, probe, history, settings }) => {
    const identity = await nextIdentity();
    const thread = await probe.createThread(identity.token);
    const client = await connect({ identity });
    await client.welcomed();
    client.ask(settings.prompt, thread);
    await client.settled();
    expect(history).toSatisfy(agentRun(settings), knownThread());
  },
);
