import type { Entry } from '../../history/entry.ts';
import type { Run } from '../../history/runs.ts';
import { isOfARun, runEnd, runsOf } from '../../history/runs.ts';
import { nonceOf } from '../../protocol/nonce.ts';
import { agentRequestMessage } from '../../protocol/requests.ts';
import { sendText } from '../record-socket.ts';
import type { ClientContext } from './context.ts';

/** Asking agents to run, and waiting until they have finished. */
export interface AskVerbs {
  /**
   * Sends one request. Its prompt ends with a nonce of its own, its run id is its own too, and so is its thread unless one is
   * given. Returns the nonce.
   */
  ask(prompt: string, thread?: string): string;
  /**
   * Waits until every run that was asked for on this connection has ended, and then through a quiet window. A limit that
   * runs out is recorded for each run that is still open. Resolves to whether every run ended.
   */
  settled(): Promise<boolean>;
  /** Waits until nothing of any run has arrived for a whole quiet window. */
  quiet(): Promise<void>;
}

/** After this many quiet windows with events of a run, more waiting does not help. */
const MOST_QUIET_WINDOWS = 5;

/** The verbs that ask agents, on one connection. */
export function askVerbs(context: ClientContext): AskVerbs {
  const { socket, recorder, name, budgets, clock, now, createId } = context;
  const openRuns = (): readonly Run[] =>
    runsOf(recorder.history).runs.filter(
      (run) => run.connection === name && run.deliveries.get(name)?.terminal === undefined,
    );
  const quiet = async (): Promise<void> => {
    const until = clock() + MOST_QUIET_WINDOWS * budgets.quietWindowMs;
    while (!(await staysQuiet(context)) && clock() < until);
  };
  return {
    ask(prompt, thread) {
      const id = createId();
      const nonce = nonceOf(id);
      const ids = { thread: thread ?? `thread-${id}`, run: `run-${id}`, message: `message-${id}` };
      const message = agentRequestMessage({ prompt: `${prompt} (${nonce})`, ...ids, nowMs: now() });
      sendText(recorder, name, socket, JSON.stringify(message));
      return nonce;
    },
    async settled() {
      const open = openRuns();
      if (open.length > 0) await untilEnded(context, open, openRuns);
      const ended = openRuns().length === 0;
      await quiet();
      return ended;
    },
    quiet,
  };
}

async function untilEnded(context: ClientContext, open: readonly Run[], openRuns: () => readonly Run[]): Promise<void> {
  const { recorder, name, budgets } = context;
  const ending = await context.waitQuietly({
    until: (entry) => mayEndARun(entry) && openRuns().length === 0,
    isProgress: isOfARun,
    from: open[0]?.request.index ?? 0,
    totalMs: budgets.runBudgetMs + budgets.eventGapDeadlineMs,
    gapMs: (steps) => (steps === 0 ? budgets.firstEventDeadlineMs : budgets.eventGapDeadlineMs),
    idleMs: budgets.idleDeadlineMs,
  });
  if (ending.by !== 'deadline') return;
  const { by: _, ...deadline } = ending;
  for (const run of openRuns()) recorder.record(name, { kind: 'deadline', waitingFor: runEnd(run), ...deadline });
}

/** On a connection that is already ending, waits for its end instead. */
async function staysQuiet({ socket, recorder, name, budgets, waitQuietly }: ClientContext): Promise<boolean> {
  if (socket.readyState === socket.CLOSED) return true;
  const isEnding = socket.readyState !== socket.OPEN;
  const forMs = budgets.quietWindowMs;
  const from = recorder.history.length;
  const ending = await waitQuietly({ until: isOfARun, from, totalMs: forMs });
  if (ending.by === 'deadline' && !isEnding) recorder.record(name, { kind: 'quiet', forMs });
  return ending.by !== 'message' || isEnding;
}

/** Only for such an entry are runs attributed again, because that takes long. */
function mayEndARun(entry: Entry): boolean {
  if (entry.kind !== 'received') return false;
  return entry.message.event === 'agent_completed' || entry.message.meaning === 'agent-failure';
}
