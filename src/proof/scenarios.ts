import { BAD_TOKEN_KINDS } from '../../fixtures/credentials.ts';
import { BAD_INPUTS } from '../checks/index.ts';
import type { AgentClient } from '../client/agent-client.ts';
import type { ScenarioName } from './judges.ts';

import { ENDPOINT_PROBES } from '../history/probe-names.ts';
import type { ScenarioSession } from './scenario-session.ts';

export type { ScenarioName } from './judges.ts';

/** One way of using the service; what it does is recorded, and judged afterwards. */
export type Scenario = (stage: ScenarioSession) => Promise<void>;

/** One client that uses everything that a connection offers. */
async function conversation({ connect, settings }: ScenarioSession): Promise<void> {
  const client = await connect();
  await client.welcomed();
  await client.ping();
  await Promise.all([client.ping(), client.ping(), client.heartbeat(), client.pingFrame()]);
  client.ask(settings.prompt);
  await client.ping();
  await client.settled();
  client.ask(settings.prompt);
  client.ask(settings.prompt);
  await client.settled();
  await client.ping();
  await client.quiet();
  await client.close();
}

/** A client that stays without a word for a while. */
async function idling({ connect }: ScenarioSession): Promise<void> {
  const client = await connect();
  await client.welcomed();
  await client.quiet();
  await client.ping();
  await client.quiet();
}

/** One client that sends what no client should send. */
async function sendBadInput({ connect }: ScenarioSession): Promise<void> {
  await Promise.all(
    BAD_INPUTS.map(async (input) => {
      const client = await connect();
      await client.welcomed();
      await client.misbehave(input);
      await client.ping();
    }),
  );
}

/** Two sockets of one user and one of another, all asking at once. */
async function connectSeveral({ connect, nextIdentity, settings }: ScenarioSession): Promise<void> {
  const identity = await nextIdentity();
  const stranger = await connect();
  const [asking, watching] = [await connect({ identity }), await connect({ identity })];
  await Promise.all([stranger, asking, watching].map((client) => client.welcomed()));
  for (const client of [stranger, asking]) client.ask(settings.prompt);
  await Promise.all([stranger, asking].map((client) => client.settled()));
  await watching.quiet();
}

/** Every bad credential, alone and after a good connection. */
async function presentBadCredentials({
  connect,
  nextIdentity,
  forgeCredential,
  probe,
}: ScenarioSession): Promise<void> {
  await probe.bypass();
  const first = await nextIdentity();
  await probe.rest('valid', first.token);
  const good = await connect({ identity: first });
  await good.welcomed();
  for (const withE2eHeaders of [true, false]) {
    const presented = BAD_TOKEN_KINDS.map(async (kind): Promise<AgentClient> => {
      const identity = await nextIdentity();
      const bad = await forgeCredential(kind, identity);
      if (kind === 'wrong-secret') await probe.rest(kind, bad.token);
      return connect({ identity, bad, withE2eHeaders });
    });
    await Promise.all((await Promise.all(presented)).map((client) => client.decided()));
  }
}

/** The same with and without the E2E headers. */
async function comparison({ connect, settings }: ScenarioSession): Promise<void> {
  const [marked, plain] = [await connect({ withE2eHeaders: true }), await connect({ withE2eHeaders: false })];
  for (const client of [marked, plain]) {
    await client.welcomed();
    await client.ping();
    client.ask(settings.prompt);
    await client.settled();
  }
}

/** A client for every way in which a token travels. */
async function carriers({ connect }: ScenarioSession): Promise<void> {
  for (const carrier of ['header', 'subprotocol', 'both'] as const) {
    const client = await connect({ carrier });
    await client.welcomed();
  }
}

/** The stages of the preflight. */
function preflight({ runPreflight }: ScenarioSession): Promise<void> {
  return runPreflight();
}

/** Every endpoint beside the WebSocket. */
async function askEndpoints({ probe }: ScenarioSession): Promise<void> {
  await Promise.all(ENDPOINT_PROBES.map((name) => probe.endpoint(name)));
}

/** Every scenario, by name. */
export const SCENARIOS: Readonly<Record<ScenarioName, Scenario>> = {
  conversation,
  idling,
  'bad-input': sendBadInput,
  'multiple-connections': connectSeveral,
  'bad-credentials': presentBadCredentials,
  comparison,
  carriers,
  preflight,
  endpoints: askEndpoints,
};
