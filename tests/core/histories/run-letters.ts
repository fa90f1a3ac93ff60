import type { AgentEvent } from '../../../src/protocol/agent-events.ts';
import type { FakeConnection } from './fake-history.ts';

/** The letters in which the tests of runs are written. */
export const LETTERS: Readonly<Record<string, AgentEvent>> = {
  S: 'agent_started',
  T: 'agent_thinking',
  X: 'tool_executing',
  C: 'tool_completed',
  D: 'agent_completed',
};

/** Events by their letters; each carries a number, so that only what is sent twice on purpose (`!`) is the same text. */
export function events(c1: FakeConnection, letters: string): FakeConnection {
  letters.split('').forEach((letter, number) => {
    const again = letter === '!';
    const event = LETTERS[again ? (letters[number - 1] ?? '') : letter];
    if (event !== undefined) c1.event('one', event, { step: again ? number - 1 : number });
  });
  return c1;
}
