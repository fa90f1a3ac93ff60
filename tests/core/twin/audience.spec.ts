import { expect, test } from '@playwright/test';
import { startTwin } from '../../../src/twin/twin.ts';
import { opened, question, talkTo } from './talk.ts';
import type { Talk } from './talk.ts';

/** How many agent events each client got, once all have nothing more to get. */
async function eventsAfterARun(asking: Talk, others: readonly Talk[]): Promise<readonly number[]> {
  asking.send(question('hello', 'thread-1'));
  asking.send({ type: 'the_end' });
  await asking.got('ack');
  const all = [asking, ...others];
  await Promise.all(all.map((each) => each.close()));
  return all.map(({ messages }) => messages().filter(({ type }) => /^(agent|tool)_/.test(String(type))).length);
}

const CASES = [
  ['', [8, 8, 0], 0],
  ['leak-to-other-connection', [8, 8, 8], 8],
  ['only-newest-socket', [0, 8, 0], 9],
] as const;

for (const [fault, expected, firings] of CASES) {
  test(`twin audience: events with ${fault === '' ? 'no fault' : fault} reach asker, second socket and stranger as ${expected.join(', ')}`, async () => {
    await using twin = await startTwin({ fault, pace: { betweenEventsMs: 0 } });
    const anna = await opened(talkTo(twin, 'e2e-anna0501-user'));
    const second = await opened(talkTo(twin, 'e2e-anna0501-user'));
    const bert = await opened(talkTo(twin, 'e2e-bert0501-user'));
    expect(await eventsAfterARun(anna, [second, bert])).toEqual(expected);
    expect(twin.journal.fired(fault)).toBe(firings);
  });
}

test('twin audience: with second-run-mixed-up the second run ends with the answer to the first', async () => {
  await using twin = await startTwin({ fault: 'second-run-mixed-up' });
  const anna = await opened(talkTo(twin, 'e2e-anna0502-user'));
  anna.send(question('nonce-first001', 'thread-1'));
  anna.send(question('nonce-second01', 'thread-2'));
  await anna.got('agent_completed', 4);
  const answers = anna
    .messages()
    .flatMap((message) => (message['agent_name'] === 'supervisor' ? [JSON.stringify(message)] : []));
  expect(answers.filter((answer) => answer.includes('final_response'))).toEqual([
    expect.stringContaining('Three drivers for: nonce-first001'),
    expect.stringContaining('Three drivers for: nonce-first001'),
  ]);
});

test('twin audience: with identity-cache the second marked client becomes the first, an unmarked one stays itself', async () => {
  await using twin = await startTwin({ fault: 'identity-cache' });
  const marked = { headers: { 'X-E2E-Test': 'true' } };
  const talks = [
    await opened(talkTo(twin, 'e2e-anna0503-user', marked)),
    await opened(talkTo(twin, 'e2e-bert0503-user', marked)),
    await opened(talkTo(twin, 'e2e-carl0503-user')),
  ];
  await Promise.all(talks.map((each) => each.got('system_message')));
  const users = talks.map(({ messages }) => messages()[1]);
  expect(users).toEqual(
    ['e2e-anna0503-user', 'e2e-anna0503-user', 'e2e-carl0503-user'].map((user) =>
      expect.objectContaining({ data: expect.objectContaining({ user_id: user }) }),
    ),
  );
  expect(twin.journal.fired('identity-cache')).toBe(1);
});
