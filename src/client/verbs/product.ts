import { isRestoreAnswer, isStopAnswer } from '../../history/client-answers.ts';
import { isOfARun, runsAskedOn } from '../../history/runs.ts';
import type { Run } from '../../history/runs.ts';
import { restoreMessage, stopMessage } from '../../protocol/requests.ts';
import type { OutgoingMessage } from '../../protocol/requests.ts';
import { sendText } from '../record-socket.ts';
import type { ClientContext } from './context.ts';
import type { WaitEnding } from './wait.ts';

/** What the product's own clients do beside asking (protocol notes §12). */
export interface ProductVerbs {
  /** Waits for the first event of a run since the last request of this connection. */
  begun(): Promise<WaitEnding>;
  /** Sends `stop_agent` for the thread of the last run, and waits for the answer. */
  stop(): Promise<WaitEnding>;
  /** Sends `session_restore` for a thread, and waits for the answer. */
  restore(thread: string): Promise<WaitEnding>;
  /** The thread of the last run of this connection: the one that was announced, or else asked for. Empty without a run. */
  lastThread(): string;
}

export function productVerbs({ socket, recorder, name, budgets, now, wait }: ClientContext): ProductVerbs {
  const send = (message: OutgoingMessage): void => sendText(recorder, name, socket, JSON.stringify(message));
  const lastRun = (): Run | undefined => runsAskedOn(recorder.history, name).at(-1);
  const lastThread = (): string => lastRun()?.announced.at(-1) ?? lastRun()?.request.message.thread ?? '';
  return {
    lastThread,
    begun() {
      const from = lastRun()?.request.index ?? 0;
      return wait('first event', { until: isOfARun, from, totalMs: budgets.firstEventDeadlineMs });
    },
    stop() {
      const from = recorder.history.length;
      send(stopMessage(lastThread(), now()));
      return wait('answer to stop_agent', { until: isStopAnswer, from, totalMs: budgets.pongDeadlineMs });
    },
    restore(thread) {
      const from = recorder.history.length;
      send(restoreMessage(thread, now()));
      return wait('answer to session_restore', { until: isRestoreAnswer, from, totalMs: budgets.pongDeadlineMs });
    },
  };
}
