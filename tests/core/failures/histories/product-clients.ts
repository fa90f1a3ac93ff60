import { octoberHandshake, sessionRestore, threadCreated } from '../../../../src/checks/index.ts';
import type { SignatureId } from '../../../../src/failures/signatures/index.ts';
import type { MakeHistory } from '../diagnosed-history.ts';

/** Histories in which a client of the product misses something, by their signature. */
export const PRODUCT_CLIENTS: Partial<Readonly<Record<SignatureId, MakeHistory>>> = {
  'browser-client': (fake) => {
    const socket = fake.socket('c1').ready().runs('r1');
    for (const event of [
      'agent_started',
      'agent_thinking',
      'tool_executing',
      'tool_completed',
      'agent_completed',
    ] as const)
      socket.event('r1', event, { thread_id: undefined, run_id: 'run-r1' });
    socket.quiet();
    return [threadCreated()];
  },
  'client-request-ignored': (fake) => {
    fake.socket('c1').ready().sends({ type: 'session_restore' }).deadline('answer to session_restore');
    return [sessionRestore()];
  },
  'october-handshake': (fake) => {
    const socket = fake.socket('c1').ready().receives({ type: 'handshake_response', thread_id: 't' });
    socket.sends({ type: 'handshake_acknowledged', thread_id: 't' }).quiet();
    return [octoberHandshake()];
  },
};
