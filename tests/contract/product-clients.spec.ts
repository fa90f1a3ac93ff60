import { expect, test } from '../../fixtures/index.ts';
import {
  LARGE_REQUEST_CHARACTERS,
  agentRun,
  browserFields,
  closing,
  earlyRequest,
  handshake,
  octoberHandshake,
  promised,
  sessionRestore,
  stopAgent,
  threadCreated,
  typedMessages,
  welcome,
} from '../../src/checks/index.ts';
import { verifies } from '../requirements.ts';

test(
  'sends a run such that the browser client can show it',
  verifies('clients:browser'),
  async ({ client, history, settings }) => {
    client.ask(settings.prompt);
    await client.settled();
    expect(history).toSatisfy(
      promised('browser-fields', browserFields(), settings),
      promised('thread-created', threadCreated(), settings),
      promised('typed-messages', typedMessages(), settings),
    );
  },
);

test(
  'completes the handshake of the command-line client',
  verifies('clients:handshake'),
  async ({ client, history, settings }) => {
    await client.quiet();
    expect(history).toSatisfy(promised('october-handshake', octoberHandshake(), settings));
  },
);

test(
  'serves a request that is sent before the welcome',
  verifies('clients:early-request'),
  async ({ connect, history, settings }) => {
    const client = await connect({ promptAtOpen: settings.prompt });
    await client.welcomed();
    client.ask(settings.prompt);
    await client.settled();
    expect(history).toSatisfy(promised('early-request', earlyRequest(), settings));
  },
);

test(
  'serves a user who comes back with a fresh token',
  verifies('clients:token-refresh'),
  async ({ connect, nextIdentity, renewIdentity, history, settings }) => {
    const identity = await nextIdentity();
    const first = await connect({ identity });
    await first.welcomed();
    await first.close(1000, 'Token refresh');
    const second = await connect({ identity: await renewIdentity(identity) });
    await second.welcomed();
    second.ask(settings.prompt);
    await second.settled();
    expect(history).toSatisfy(
      handshake(),
      welcome(settings.budgets),
      promised('token-refresh', agentRun(settings), settings),
      closing(),
    );
  },
);

test(
  'answers a client that restores its session',
  verifies('clients:session'),
  async ({ connect, nextIdentity, history, settings }) => {
    const identity = await nextIdentity();
    const first = await connect({ identity });
    await first.welcomed();
    first.ask(settings.prompt);
    await first.settled();
    await first.close();
    const second = await connect({ identity });
    await second.welcomed();
    await second.restore(first.lastThread());
    expect(history).toSatisfy(promised('session-restore', sessionRestore(), settings));
  },
);

test('ends a run that is stopped', verifies('clients:stop'), async ({ client, history, settings }) => {
  client.ask(settings.prompt);
  await client.begun();
  await client.stop();
  await client.quiet();
  expect(history).toSatisfy(promised('stop-agent', stopAgent(), settings));
});

test(
  'serves a request of several hundred kilobytes',
  verifies('clients:large-request'),
  async ({ client, history, settings }) => {
    client.ask(settings.prompt.padEnd(LARGE_REQUEST_CHARACTERS, '.'));
    await client.settled();
    expect(history).toSatisfy(promised('large-request', agentRun(settings), settings));
  },
);
