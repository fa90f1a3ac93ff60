import type { Settings } from '../../env/settings.ts';
import type { Check } from '../checks/index.ts';
import {
  BAD_INPUTS,
  LARGE_REQUEST_CHARACTERS,
  agentRun,
  badInput,
  browserFields,
  e2eHeadersAreNeutral,
  earlyRequest,
  endpoint,
  fanOut,
  heartbeat,
  knownThread,
  octoberHandshake,
  preflight,
  promised,
  refuses,
  sameJudgement,
  sessionRestore,
  stopAgent,
  threadCreated,
  typedMessages,
  welcome,
} from '../checks/index.ts';
import { alwaysOnChecks, conversationChecks } from '../checks/standard-checks.ts';
import type { AgentClient } from '../client/agent-client.ts';
import { ENDPOINT_PROBES } from '../history/probe-names.ts';
import type { Session } from '../session.ts';
import { BAD_TOKEN_KINDS } from '../session/bad-credentials.ts';

/** One way of using the service: what it does is recorded, and judged afterwards. */
export interface Scenario {
  readonly act: (session: Session) => Promise<void>;
  /** The checks that the scenario gives something to judge. */
  readonly checks: (settings: Settings) => readonly Check[];
}

const ALWAYS_ON: readonly Check[] = alwaysOnChecks();

/** The checks of one connection that is welcomed and answers pings. */
function connectionChecks({ budgets }: Settings): readonly Check[] {
  return [...ALWAYS_ON, welcome(budgets), heartbeat(budgets)];
}

/** One client that uses everything that a connection offers. */
const conversation: Scenario = {
  async act({ connect, settings }) {
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
  },
  checks: conversationChecks,
};

/** A client that sends nothing for a while. */
const idling: Scenario = {
  async act({ connect }) {
    const client = await connect();
    await client.welcomed();
    await client.quiet();
    await client.ping();
    await client.quiet();
  },
  checks: connectionChecks,
};

/** Clients that each send one thing that no client should send. */
const badInputs: Scenario = {
  async act({ connect }) {
    await Promise.all(
      BAD_INPUTS.map(async (input) => {
        const client = await connect();
        await client.welcomed();
        await client.misbehave(input);
        await client.ping();
      }),
    );
  },
  checks: (settings) => [...connectionChecks(settings), ...BAD_INPUTS.map((input) => badInput(input))],
};

/** Two connections of one user and one of another, of which two ask at once. */
const multipleConnections: Scenario = {
  async act({ connect, nextIdentity, settings }) {
    const identity = await nextIdentity();
    const otherUser = await connect();
    const [asking, watching] = [await connect({ identity }), await connect({ identity })];
    await Promise.all([otherUser, asking, watching].map((client) => client.welcomed()));
    for (const client of [otherUser, asking]) client.ask(settings.prompt);
    await Promise.all([otherUser, asking].map((client) => client.settled()));
    await watching.quiet();
  },
  checks: (settings) => [...ALWAYS_ON, welcome(settings.budgets), agentRun(settings), fanOut()],
};

/** Every bad credential after a good connection, with and without the E2E headers. */
const badCredentials: Scenario = {
  async act({ connect, nextIdentity, forgeCredential, http }) {
    await http.bypass();
    const first = await nextIdentity();
    await http.rest('valid', first.token);
    const good = await connect({ identity: first });
    await good.welcomed();
    for (const withE2eHeaders of [true, false]) {
      const presented = BAD_TOKEN_KINDS.map(async (kind): Promise<AgentClient> => {
        const identity = await nextIdentity();
        const bad = await forgeCredential(kind, identity);
        if (kind === 'wrong-secret') await http.rest(kind, bad.token);
        return connect({ identity, bad, withE2eHeaders });
      });
      await Promise.all((await Promise.all(presented)).map((client) => client.decided()));
    }
  },
  checks: ({ budgets }) => [
    ...ALWAYS_ON,
    welcome(budgets),
    refuses(),
    sameJudgement('valid'),
    sameJudgement('wrong-secret'),
  ],
};

/** The same conversation with and without the E2E headers. */
const comparison: Scenario = {
  async act({ connect, settings }) {
    const [marked, plain] = [await connect({ withE2eHeaders: true }), await connect({ withE2eHeaders: false })];
    for (const client of [marked, plain]) {
      await client.welcomed();
      await client.ping();
      client.ask(settings.prompt);
      await client.settled();
    }
  },
  checks: ({ budgets }) => [
    ...ALWAYS_ON,
    welcome(budgets),
    e2eHeadersAreNeutral({ marked: 'c1', plain: 'c2', order: 'exact' }),
  ],
};

/** A client for every way in which a token travels. */
const carriers: Scenario = {
  async act({ connect }) {
    for (const carrier of ['header', 'subprotocol', 'both'] as const) {
      const client = await connect({ carrier });
      await client.welcomed();
    }
  },
  checks: ({ budgets }) => [...ALWAYS_ON, welcome(budgets)],
};

/** A run in a thread that was made over HTTP. */
const madeThread: Scenario = {
  async act({ connect, nextIdentity, http, settings }) {
    const identity = await nextIdentity();
    const thread = await http.createThread(identity.token);
    const client = await connect({ identity });
    await client.welcomed();
    client.ask(settings.prompt, thread);
    await client.settled();
  },
  checks: (settings) => [...ALWAYS_ON, welcome(settings.budgets), agentRun(settings), knownThread()],
};

/** What the product's own clients do beside a conversation. */
const productClients: Scenario = {
  async act({ connect, nextIdentity, renewIdentity, settings: { prompt } }) {
    const identity = await nextIdentity();
    const early = await connect({ identity, promptAtOpen: prompt });
    await early.welcomed();
    early.ask(prompt);
    await early.settled();
    await early.close(1000, 'Token refresh');
    const returning = await connect({ identity: await renewIdentity(identity) });
    await returning.welcomed();
    await returning.restore(early.lastThread());
    returning.ask(prompt);
    await returning.settled();
    const stopping = await connect();
    await stopping.welcomed();
    stopping.ask(prompt);
    await stopping.begun();
    await stopping.stop();
    await stopping.quiet();
    const large = await connect();
    await large.welcomed();
    large.ask(prompt.padEnd(LARGE_REQUEST_CHARACTERS, '.'));
    await large.settled();
  },
  checks: (settings) => [
    ...ALWAYS_ON,
    promised('browser-fields', browserFields(), settings),
    promised('thread-created', threadCreated(), settings),
    promised('typed-messages', typedMessages(), settings),
    promised('october-handshake', octoberHandshake(), settings),
    promised('early-request', earlyRequest(), settings),
    promised('token-refresh', agentRun({ ...settings, of: ['c2'] }), settings),
    promised('session-restore', sessionRestore(), settings),
    promised('stop-agent', stopAgent(), settings),
    promised('large-request', agentRun({ ...settings, of: ['c4'] }), settings),
  ],
};

/** Every scenario, by name. */
export const SCENARIOS = {
  conversation,
  idling,
  'bad-input': badInputs,
  'multiple-connections': multipleConnections,
  'bad-credentials': badCredentials,
  comparison,
  carriers,
  'made-thread': madeThread,
  'product-clients': productClients,
  preflight: { act: ({ runPreflight }) => runPreflight(), checks: () => [preflight()] },
  endpoints: {
    act: async ({ http }) => void (await Promise.all(ENDPOINT_PROBES.map((name) => http.endpoint(name)))),
    checks: () => ENDPOINT_PROBES.map((name) => endpoint(name)),
  },
} as const satisfies Readonly<Record<string, Scenario>>;

export type ScenarioName = keyof typeof SCENARIOS;
