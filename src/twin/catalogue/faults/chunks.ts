import { answerTo } from '../../messages/bridge-run.ts';
import { replaced } from '../../messages/edit-fields.ts';
import type { ConnectionContext, Peer, RunRequest } from '../../behaviour/context.ts';
import { after, tellUser } from '../../behaviour/plan.ts';
import type { Step } from '../../behaviour/plan.ts';
import type { Fault } from '../fault.ts';
import { finds } from './provocation.ts';

const LEAKED = 'leaked-chunk';

/** Chunks, progress and reports that reach the wrong socket, name the wrong run, or come too late (protocol notes §8.5). */
export const CHUNK_FAULTS: readonly Fault[] = [
  ...[5, 20, 60].map((size) => leakInChunks(`leak-in-chunks-of-${size}`, size, 'foreign-nonce')),
  {
    ...leakInChunks('leak-answer-in-chunks', 20, 'foreign-answer'),
    does: 'Sends the answer of a run, which does not quote its prompt, in chunks to the oldest socket of another user.',
    frame: (message, { label, run }) => {
      if (label === 'agent_completed') return replaced(message, 'final_response', plainAnswer(run?.runId ?? ''));
      return label === 'run-completed' ? replaced(message, 'answer', plainAnswer(run?.runId ?? '')) : message;
    },
  },
  {
    name: 'chunk-of-foreign-run',
    does: 'Sends a stream_chunk that names a thread and a run of which nobody was told.',
    hits: 'an extra message of a run',
    mustFind: [finds('isolation', 'foreign-thread'), finds('isolation', 'foreign-run')],
    diagnosis: 'FM-67',
    run: (plan, { runId, thread }) =>
      after(
        plan,
        'agent_thinking',
        tellUser('stream_chunk', () => ({
          type: 'stream_chunk',
          run_id: `run_beside_${runId}`,
          thread_id: `thread_beside_${thread}`,
          payload: { content: 'and so on' },
        })),
      ),
  },
  {
    name: 'progress-of-foreign-user',
    does: 'Sends an agent_progress that names another user.',
    hits: 'an extra message of a run',
    mustFind: [finds('isolation', 'foreign-user')],
    diagnosis: 'FM-67',
    run: (plan) =>
      after(
        plan,
        'agent_thinking',
        tellUser('agent_progress', () => ({ type: 'agent_progress', data: { user_id: 'somebody-else-entirely' } })),
      ),
  },
  ...['stream_chunk', 'agent_progress', 'progress_update'].map(comesAfterTheEnd),
];

function leakInChunks(name: string, size: number, code: 'foreign-nonce' | 'foreign-answer'): Fault {
  const answer = ({ prompt, runId }: RunRequest): string =>
    code === 'foreign-nonce' ? answerTo(prompt) : plainAnswer(runId);
  return {
    name,
    does: `Sends the answer of a run in chunks of ${size} characters to the oldest socket of another user.`,
    hits: "another user's connection",
    mustFind: [finds('isolation', code)],
    mayAlsoFind: [finds('agent-run', 'event-after-end')],
    diagnosis: 'FM-67',
    run: (plan, request, context) =>
      strangerTo(context) === undefined
        ? plan
        : after(plan, 'agent_started', ...piecesOf(answer(request), size).map(leaked)),
    audience: (recipients, { label }, context) => {
      const stranger = strangerTo(context);
      return stranger === undefined || label !== LEAKED ? recipients : [stranger];
    },
  };
}

/** An answer that does not quote its prompt. */
function plainAnswer(runId: string): string {
  return `The largest cost is the reservation that idles at night, as report ${runId} shows.`;
}

function strangerTo({ userId, peers }: ConnectionContext): Peer | undefined {
  return peers().find((peer) => peer.userId !== userId);
}

function piecesOf(text: string, size: number): readonly string[] {
  return Array.from({ length: Math.ceil(text.length / size) }, (_, at) => text.slice(at * size, (at + 1) * size));
}

function leaked(content: string): Step {
  return tellUser(LEAKED, () => ({ type: 'stream_chunk', payload: { content } }));
}

function comesAfterTheEnd(type: string): Fault {
  return {
    name: `${type.replaceAll('_', '-')}-after-end`,
    does: `Sends ${type} of a run after its end.`,
    hits: 'an extra message of a run',
    mustFind: [finds('agent-run', 'event-after-end')],
    diagnosis: 'event-after-end',
    run: (plan, { runId, thread }) => [
      ...plan,
      tellUser(type, () => ({ type, run_id: runId, thread_id: thread, payload: { content: 'and so on' } })),
    ],
  };
}
