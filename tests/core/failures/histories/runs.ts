import { AGENT_EVENTS } from '../../../../src/protocol/agent-events.ts';
import type { AgentEvent } from '../../../../src/protocol/agent-events.ts';
import type { SignatureId } from '../../../../src/failures/signatures/index.ts';
import type { MakeHistory } from '../diagnosed-history.ts';
import type { FakeConnection } from '../../histories/fake-history.ts';

/** Delivers these events of a run, then nothing for a quiet window. */
function delivers(events: readonly AgentEvent[]): MakeHistory {
  return (fake) => {
    const socket = fake.socket('c1').ready().runs('r1');
    for (const event of events) socket.event('r1', event);
    socket.quiet();
  };
}

/** Delivers all events, the first two with something changed. */
function changed(more: object): MakeHistory {
  return (fake) => {
    const socket = fake.socket('c1').ready().runs('r1');
    for (const event of AGENT_EVENTS) socket.event('r1', event, event.startsWith('tool_') ? more : {});
    socket.quiet();
  };
}

const without = (...left: readonly string[]): readonly AgentEvent[] =>
  AGENT_EVENTS.filter((name) => !left.includes(name));

/** Stops after these events, and is waited for. */
function stalls(...events: readonly AgentEvent[]): MakeHistory {
  return (fake) => {
    const socket: FakeConnection = fake.socket('c1').ready().runs('r1');
    for (const event of events) socket.event('r1', event);
    socket.deadline('run r1');
  };
}

/** Histories of agent runs, by their signature. */
export const RUNS: Partial<Readonly<Record<SignatureId, MakeHistory>>> = {
  'FM-54': stalls('agent_started'),
  'FM-55': delivers(without('tool_executing')),
  'event-missing': delivers(without('agent_thinking')),
  'FM-56': delivers(['agent_thinking', 'agent_started', 'tool_executing', 'tool_completed', 'agent_completed']),
  'FM-57': delivers(['agent_started', ...AGENT_EVENTS]),
  'event-after-end': (fake) => {
    const late = { text: 'later' };
    fake.socket('c1').ready().runs('r1').fiveEvents('r1').event('r1', 'agent_thinking', late).quiet();
  },
  'FM-58': changed({ timestamp: undefined }),
  'FM-60': changed({ tool_name: 'response_generator' }),
  'FM-61': (fake) =>
    void fake.socket('c1').ready().runs('r1').event('r1', 'agent_started').event('r1', 'agent_error').quiet(),
  'answer-empty': (fake) => {
    const socket = fake.socket('c1').ready().runs('r1');
    for (const event of AGENT_EVENTS) socket.event('r1', event, { final_response: '' });
    socket.quiet();
  },
  'FM-63': stalls('agent_started', 'agent_thinking', 'tool_executing'),
  'run-late': (fake) => {
    const socket = fake.socket('c1').ready().runs('r1');
    fake.at(900);
    socket.fiveEvents('r1');
  },
  'FM-65': (fake) => {
    const unreadable = {
      kind: 'unreadable',
      direction: 'received',
      why: 'not-json',
      excerpt: 'Traceback',
      bytes: 9,
    } as const;
    fake.socket('c1').ready().runs('r1').fact(unreadable).fiveEvents('r1');
  },
};
