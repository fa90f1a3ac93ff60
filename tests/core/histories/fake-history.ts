import type { Fact, History, Probe } from '../../../src/history/entry.ts';
import type { WaitGoal } from '../../../src/history/wait-goals.ts';
import { createRecorder } from '../../../src/history/recorder.ts';
import type { AgentEvent } from '../../../src/protocol/agent-events.ts';
import { AGENT_EVENTS } from '../../../src/protocol/agent-events.ts';
import { agentRequestMessage } from '../../../src/protocol/requests.ts';

/** Facts are 10 ms apart unless `at` says otherwise. */
const STEP_MS = 10;

/** One socket of a history made by hand; every verb records one fact. */
export interface FakeConnection {
  readonly name: string;
  fact(fact: Fact): FakeConnection;
  asks(credential?: string): FakeConnection;
  opens(subprotocol?: string): FakeConnection;
  refused(status: number, body?: string): FakeConnection;
  sends(message: object): FakeConnection;
  receives(message: object): FakeConnection;
  /** Welcome W1, in the name of the socket's user unless another is given. */
  welcomed(user?: string): FakeConnection;
  /** Upgrade, open and welcome. */
  ready(): FakeConnection;
  /** Asks for a run with this id. */
  runs(id: string): FakeConnection;
  /** One event of a run, in the flat shape of beta-9. */
  event(id: string, event: AgentEvent | 'agent_error', more?: object): FakeConnection;
  /** The five events of a run, and a quiet window. */
  fiveEvents(id: string): FakeConnection;
  quiet(): FakeConnection;
  deadline(waitingFor: WaitGoal, afterMs?: number): FakeConnection;
  closed(code: number, reason?: string, by?: 'us' | 'them'): FakeConnection;
}

/** A history made by hand, fact by fact, for the tests of pure code. */
export interface FakeHistory {
  readonly history: History;
  socket(name: string, user?: string): FakeConnection;
  probe(probe: Omit<Probe, 'kind' | 'durationMs'>): void;
  lag(lateMs: number): void;
  /** Moves the clock to `ms` after the start. */
  at(ms: number): void;
}

export function fakeHistory(): FakeHistory {
  let nowMs = 0;
  const recorder = createRecorder({ clock: () => (nowMs += STEP_MS), redact: (text) => text });
  return {
    history: recorder.history,
    at: (ms) => void (nowMs = ms - STEP_MS),
    lag: (lateMs) => void recorder.record('', { kind: 'lag', lateMs }),
    probe: (probe) => void recorder.record('', { kind: 'probe', durationMs: 1, ...probe }),
    socket: (name, user = `${name}-user-of-tests`) => fakeConnection(recorder, name, user),
  };
}

function fakeConnection(recorder: ReturnType<typeof createRecorder>, name: string, user: string): FakeConnection {
  const text = (direction: 'sent' | 'received', message: object): FakeConnection => {
    const written = JSON.stringify(message);
    recorder.recordText(name, direction, written, written.length);
    return socket;
  };
  const fact = (fake: Fact): FakeConnection => {
    recorder.record(name, fake);
    return socket;
  };
  const socket: FakeConnection = {
    name,
    fact,
    asks: (credential = 'valid') =>
      fact({ kind: 'handshake-request', url: 'ws://127.0.0.1/ws', headers: {}, offered: [], user, credential }),
    opens: (subprotocol = '') => fact({ kind: 'opened', subprotocol, localPort: 1 }),
    refused: (status, body = '') => {
      fact({ kind: 'handshake-answer', status, headers: {}, body });
      return fact({ kind: 'refused', because: `HTTP ${status}` });
    },
    sends: (message) => text('sent', message),
    receives: (message) => text('received', message),
    welcomed: (named = user) =>
      text('received', { type: 'system_message', data: { event: 'connection_established', user_id: named } }),
    ready: () => socket.asks().opens().welcomed(),
    runs: (id) =>
      text('sent', agentRequestMessage({ prompt: `Ask (nonce-${id})`, thread: id, message: id, run: id, nowMs: 1 })),
    event: (id, event, more = {}) =>
      text('received', { type: event, user_id: user, thread_id: id, timestamp: 1, ...ofTool(event), ...more }),
    fiveEvents: (id) => {
      for (const event of AGENT_EVENTS) socket.event(id, event);
      return socket.quiet();
    },
    quiet: () => fact({ kind: 'quiet', forMs: 100 }),
    deadline: (waitingFor, afterMs = 1000) => fact({ kind: 'deadline', limit: 'total', waitingFor, afterMs }),
    closed: (code, reason = '', by = 'them') => fact({ kind: 'closed', code, reason, by }),
  };
  return socket;
}

function ofTool(event: string): object {
  if (event === 'agent_completed') return { final_response: 'Route short prompts to the small model.' };
  return event.startsWith('tool_') ? { tool_name: 'cost_analyzer' } : {};
}
