import { expect, test } from '@playwright/test';
import { findingsOf } from '../../../../src/checks/verdict.ts';
import { replay } from '../../../../src/load/judge/replay.ts';
import { AGENT_EVENTS } from '../../../../src/protocol/agent-events.ts';
import { fakeHistory } from '../../histories/fake-history.ts';

/** A run whose connection ends after its second event; the rest comes on the next connection of its user, with some events again. */
function replayedWith(...again: readonly (readonly [(typeof AGENT_EVENTS)[number], object])[]): readonly string[] {
  const { history, socket } = fakeHistory();
  const first = socket('c1', 'anna').ready().runs('a');
  const [started, thinking, ...rest] = AGENT_EVENTS;
  for (const event of [started, thinking]) first.event('a', event, { step: 1 });
  first.closed(1006);
  const next = socket('c2', 'anna').ready();
  for (const event of rest) next.event('a', event, { step: 1 });
  for (const [event, more] of again) next.event('a', event, more);
  return findingsOf(replay()(history)).map(({ code }) => code);
}

test('replay: what was missed arrives once', () => {
  expect(replayedWith()).toEqual([]);
});

for (const event of ['agent_thinking', 'tool_executing', 'tool_completed'] as const) {
  test(`replay: ${event} with another time and message id is delivered twice, with another step it is not`, () => {
    const stamp = { timestamp: 9, message_id: 'another' };
    expect(replayedWith([event, { step: 1, ...stamp }])).toEqual(['message-replayed-twice']);
    expect(replayedWith([event, { step: 2, ...stamp }])).toEqual([]);
  });
}
