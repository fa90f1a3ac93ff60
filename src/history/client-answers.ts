import type { Entry } from './entry.ts';

/** Whether an entry answers `stop_agent`: an acknowledgement, or the word that the agent was stopped. */
export function isStopAnswer(entry: Entry): boolean {
  return isAnswer(entry, ['agent_stopped']);
}

/** Whether an entry answers `session_restore`: an acknowledgement, or the session or its thread (protocol notes §1.1, §12). */
export function isRestoreAnswer(entry: Entry): boolean {
  return isAnswer(entry, ['session_restored', 'thread_data', 'thread_loaded']);
}

function isAnswer(entry: Entry, types: readonly string[]): boolean {
  if (entry.kind !== 'received') return false;
  const { meaning, type } = entry.message;
  return meaning === 'acknowledgement' || meaning === 'error' || types.includes(type);
}
