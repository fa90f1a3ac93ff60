import { browserFields } from '../../../src/checks/browser-fields.ts';
import { earlyRequest } from '../../../src/checks/early-request.ts';
import { octoberHandshake } from '../../../src/checks/october-handshake.ts';
import { sessionRestore, threadCreated } from '../../../src/checks/session.ts';
import { stopAgent } from '../../../src/checks/stop-agent.ts';
import { typedMessages } from '../../../src/checks/typed-messages.ts';
import type { AgentEvent } from '../../../src/protocol/agent-events.ts';
import type { FakeConnection } from '../histories/fake-history.ts';
import type { JudgedCase } from './judges-to.ts';
import { judgesTo, opened, welcomed } from './judges-to.ts';

const PAYLOADS: Readonly<Record<AgentEvent, object>> = {
  agent_started: {},
  agent_thinking: { reasoning: 'hm' },
  tool_executing: { tool_name: 't' },
  tool_completed: { tool_name: 't' },
  agent_completed: { result: { final_response: 'so' } },
};

/** A run whose events have their content in `payload`, or where the case says. */
function showing(places: Partial<Record<AgentEvent, object>>): JudgedCase['history'] {
  return welcomed((c1) => {
    c1.runs('r1');
    for (const event of [
      'agent_started',
      'agent_thinking',
      'tool_executing',
      'tool_completed',
      'agent_completed',
    ] as const)
      c1.event('r1', event, places[event] ?? { payload: PAYLOADS[event] });
    c1.quiet();
  });
}

judgesTo('browser-fields', browserFields(), [
  { title: 'answer, thought and tool in payload', gives: 'holds', history: showing({}) },
  {
    title: 'the answer in data where there is no payload',
    gives: 'holds',
    history: showing({ agent_completed: { data: { result: 'so' } } }),
  },
  {
    title: 'a thought by its other name',
    gives: 'holds',
    history: showing({ agent_thinking: { payload: { thought: 'hm' } } }),
  },
  {
    title: 'an answer in payload.final_response',
    gives: 'field-misplaced',
    history: showing({ agent_completed: { payload: { final_response: 'so' } } }),
  },
  {
    title: 'an answer in data beside a payload',
    gives: 'field-misplaced',
    history: showing({ agent_completed: { payload: {}, data: { result: 'so' } } }),
  },
  {
    title: 'a thought in the root',
    gives: 'field-misplaced',
    history: showing({ agent_thinking: { reasoning: 'hm' } }),
  },
  {
    title: 'both tool names in the root',
    gives: 'field-misplaced field-misplaced',
    history: showing({ tool_executing: { tool_name: 't' }, tool_completed: { tool_name: 't' } }),
  },
  { title: 'a run without events', gives: 'unknown: not-served', history: welcomed((c1) => c1.runs('r1')) },
  {
    title: 'a run that ends twice, with one answer',
    gives: 'holds',
    history: welcomed((c1) =>
      c1
        .runs('r1')
        .event('r1', 'agent_completed', { agent_name: 'supervisor', payload: PAYLOADS.agent_completed })
        .event('r1', 'agent_completed', { payload: {} }),
    ),
  },
]);

judgesTo('typed-messages', typedMessages(), [
  { title: 'a typed welcome', gives: 'holds', history: welcomed(() => undefined) },
  {
    title: 'a progress message without a type',
    gives: 'message-untyped',
    history: welcomed((c1) => c1.receives({ message_type: 'initialization_progress', event: 'service_completed' })),
  },
  { title: 'a type that is a number', gives: 'message-untyped', history: welcomed((c1) => c1.receives({ type: 7 })) },
]);

const RESPONSE = { type: 'handshake_response', thread_id: 't' };
const OURS = { type: 'handshake_acknowledged', thread_id: 't' };
const COMPLETE = { type: 'handshake_complete' };

judgesTo('october-handshake', octoberHandshake(), [
  {
    title: 'a server without this handshake is a note',
    verdict: { gives: 'holds', notes: [{ code: 'handshake-absent' }] },
    history: welcomed(() => undefined),
  },
  {
    title: 'welcome, response, complete',
    gives: 'holds',
    history: welcomed((c1) => c1.receives(RESPONSE).sends(OURS).receives(COMPLETE)),
  },
  {
    title: 'response, complete, welcome',
    gives: 'holds',
    history: opened((c1) => c1.receives(RESPONSE).sends(OURS).receives(COMPLETE).welcomed()),
  },
  {
    title: 'response, welcome, complete, all at once',
    gives: 'handshake-disordered',
    history: opened((c1) => c1.receives(RESPONSE).welcomed().sends(OURS).receives(COMPLETE)),
  },
  {
    title: 'a welcome between acknowledgement and complete',
    gives: 'handshake-disordered',
    history: opened((c1) => c1.receives(RESPONSE).sends(OURS).welcomed().receives(COMPLETE)),
  },
  {
    title: 'a ping between acknowledgement and complete',
    gives: 'handshake-disordered',
    history: welcomed((c1) => c1.receives(RESPONSE).sends(OURS).receives({ type: 'ping' }).receives(COMPLETE)),
  },
  {
    title: 'an event of an early run between acknowledgement and complete',
    gives: 'holds',
    history: welcomed((c1) =>
      c1.runs('r1').receives(RESPONSE).sends(OURS).event('r1', 'agent_started').receives(COMPLETE),
    ),
  },
  {
    title: 'a complete that comes before the acknowledgement',
    gives: 'handshake-disordered',
    history: welcomed((c1) => c1.receives(RESPONSE).receives(COMPLETE).sends(OURS)),
  },
  {
    title: 'an acknowledgement that nothing follows',
    gives: 'handshake-incomplete',
    history: welcomed((c1) => c1.receives(RESPONSE).sends(OURS)),
  },
  {
    title: 'a response that the client did not acknowledge',
    gives: 'unknown: not-asked',
    history: welcomed((c1) => c1.receives(RESPONSE)),
  },
]);

judgesTo('early-request', earlyRequest(), [
  {
    title: 'a served request from before the welcome',
    gives: 'holds',
    history: opened((c1) => c1.runs('early').welcomed().fiveEvents('early')),
  },
  {
    title: 'a lost request from before the welcome',
    gives: 'early-request-lost',
    history: opened((c1) => c1.runs('early').welcomed().runs('later').fiveEvents('later')),
  },
  {
    title: 'two requests of which none is served',
    gives: 'unknown: not-served',
    history: opened((c1) => c1.runs('early').welcomed().runs('later')),
  },
  { title: 'a request after the welcome', gives: 'unknown: not-asked', history: welcomed((c1) => c1.runs('later')) },
]);

const STOP = { type: 'stop_agent', payload: { thread_id: 'r1' } };
const ACK = { type: 'ack', received_type: 'stop_agent' };
const begun = (c1: FakeConnection): FakeConnection => c1.runs('r1').event('r1', 'agent_started');

judgesTo('stop-agent', stopAgent(), [
  {
    title: 'a run that ends where it was stopped',
    gives: 'holds',
    history: welcomed((c1) => begun(c1).sends(STOP).event('r1', 'agent_thinking').receives(ACK).quiet()),
  },
  {
    title: 'a run that fails because it was stopped',
    gives: 'holds',
    history: welcomed((c1) => begun(c1).sends(STOP).event('r1', 'agent_error').receives(ACK).quiet()),
  },
  {
    title: 'a run that completes before stop_agent is read',
    gives: 'stop-ignored',
    history: welcomed((c1) => begun(c1).sends(STOP).event('r1', 'agent_completed').receives(ACK).quiet()),
  },
  {
    title: 'an event after the answer to stop_agent',
    gives: 'stop-ignored',
    history: welcomed((c1) => begun(c1).sends(STOP).receives(ACK).event('r1', 'agent_thinking').quiet()),
  },
  {
    title: 'a stop after which nobody listened',
    gives: 'unknown: not-awaited',
    history: welcomed((c1) => begun(c1).sends(STOP).receives(ACK)),
  },
  {
    title: 'a run that was over already',
    gives: 'unknown: not-asked',
    history: welcomed((c1) => begun(c1).event('r1', 'agent_completed').sends(STOP).receives(ACK).quiet()),
  },
  {
    title: 'a connection that the server ended',
    gives: 'unknown: not-connected',
    history: welcomed((c1) => begun(c1).sends(STOP).closed(1011)),
  },
  { title: 'a run without events', gives: 'unknown: not-served', history: welcomed((c1) => c1.runs('r1').sends(STOP)) },
]);

const RESTORE = { type: 'session_restore', payload: { thread_id: 'r1' } };

judgesTo('session-restore', sessionRestore(), [
  {
    title: 'an acknowledgement',
    gives: 'holds',
    history: welcomed((c1) => c1.sends(RESTORE).receives({ type: 'ack' })),
  },
  {
    title: 'the thread as the answer',
    gives: 'holds',
    history: welcomed((c1) => c1.sends(RESTORE).receives({ type: 'thread_loaded', payload: { thread_id: 'r1' } })),
  },
  {
    title: 'silence until the deadline',
    gives: 'restore-unanswered',
    history: welcomed((c1) => c1.sends(RESTORE).deadline('answer to session_restore')),
  },
  {
    title: 'a request that was not waited for',
    gives: 'unknown: not-awaited',
    history: welcomed((c1) => c1.sends(RESTORE)),
  },
  {
    title: 'a connection that ends instead',
    gives: 'unknown: not-connected',
    history: welcomed((c1) => c1.sends(RESTORE).closed(1006)),
  },
]);

const CREATED = { type: 'thread_created', payload: { thread_id: 'thread_of_the_server' } };
const ELSEWHERE = { thread_id: 'thread_of_the_server', text: 'nonce-r1' };

judgesTo('thread-created', threadCreated(), [
  {
    title: 'a run on the thread that was asked for',
    gives: 'holds',
    history: welcomed((c1) => c1.runs('r1').fiveEvents('r1')),
  },
  {
    title: 'a new thread that is announced first',
    gives: 'holds',
    history: welcomed((c1) => c1.runs('r1').receives(CREATED).event('r1', 'agent_started', ELSEWHERE)),
  },
  {
    title: 'a new thread that is announced afterwards',
    gives: 'thread-unannounced',
    history: welcomed((c1) => c1.runs('r1').event('r1', 'agent_started', ELSEWHERE).receives(CREATED)),
  },
  {
    title: 'events that name no thread, and none that was announced',
    gives: 'thread-unannounced',
    history: welcomed((c1) => c1.runs('r1').event('r1', 'agent_started', { thread_id: undefined })),
  },
  { title: 'a run without events', gives: 'unknown: not-served', history: welcomed((c1) => c1.runs('r1')) },
]);
