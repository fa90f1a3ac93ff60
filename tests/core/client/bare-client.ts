import type { AgentClient } from '../../../src/client/agent-client.ts';
import { connect, monotonicMs } from '../../../src/client/connect.ts';
import type { History } from '../../../src/history/entry.ts';
import { createRecorder } from '../../../src/history/recorder.ts';
import { BUDGETS } from '../histories/budgets.ts';

/** A client without any fixture, for tests of the client itself; the test that opens it closes it. */
export async function bareClient(url: string, token?: string): Promise<{ client: AgentClient; history: History }> {
  const recorder = createRecorder({ clock: monotonicMs, redact: (text) => text });
  const client = await connect({
    recorder,
    name: 'c1',
    url,
    user: 'e2e-bare0001-user',
    token,
    credential: 'valid',
    carrier: 'header',
    headers: {},
    budgets: BUDGETS,
  });
  return { client, history: recorder.history };
}
