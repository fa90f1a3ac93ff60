import { once } from 'node:events';
import { expect, test } from '@playwright/test';
import { happens, randomHex, seededRandom } from '../../../src/twin/behaviour/seeded-random.ts';
import { startTwin } from '../../../src/twin/twin.ts';
import { talkTo } from './talk.ts';

const CONNECTIONS = 20;

/** Which of twenty connections, one after the other, were refused. */
async function refusedOf(fault: string, seed: number): Promise<string> {
  await using twin = await startTwin({ fault, seed });
  const outcomes: string[] = [];
  for (let n = 0; n < CONNECTIONS; n++) {
    const { socket, ended } = await talkTo(twin, 'e2e-anna0701-user');
    const open = await Promise.race([
      once(socket, 'open').then(
        () => true,
        () => false,
      ),
      ended.then(() => false),
    ]);
    outcomes.push(open ? '.' : 'x');
    socket.terminate();
  }
  expect(twin.journal.fired(fault.split('@')[0] ?? '')).toBe(outcomes.filter((outcome) => outcome === 'x').length);
  return outcomes.join('');
}

test('twin seed: a rate hits the same connections with the same seed, and others with another', async () => {
  const [once_, again, other] = [
    await refusedOf('upgrade-500@0.3', 1),
    await refusedOf('upgrade-500@0.3', 1),
    await refusedOf('upgrade-500@0.3', 2),
  ];
  expect(once_).toMatch(/x/);
  expect(once_).toMatch(/\./);
  expect(again).toBe(once_);
  expect(other).not.toBe(once_);
});

test('twin seed: the rates 0 and 1 are never and always', () => {
  const numbers = Array.from({ length: 100 }, (_, number) => number);
  expect(numbers.some((number) => happens(0, 1, 'fault', number))).toBe(false);
  expect(numbers.every((number) => happens(1, 1, 'fault', number))).toBe(true);
});

test('twin seed: a rate of a tenth hits about a tenth, whatever the seed', () => {
  for (const seed of [0, 1, 2, 4_294_967_295]) {
    const hits = Array.from({ length: 5_000 }, (_, number) => happens(0.1, seed, 'fault', number)).filter(Boolean);
    expect(hits.length / 5_000).toBeCloseTo(0.1, 1);
  }
});

test('twin seed: a generator depends on its seed and its parts alone', () => {
  const sequence = (seed: number, part: string): string => randomHex(seededRandom(seed, part), 20);
  expect(sequence(1, 'a')).toMatch(/^[0-9a-z]{20}$/);
  expect(sequence(1, 'a')).toBe(sequence(1, 'a'));
  expect(new Set([sequence(1, 'a'), sequence(2, 'a'), sequence(1, 'b')]).size).toBe(3);
});
