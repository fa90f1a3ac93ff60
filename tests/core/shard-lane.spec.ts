import { expect, test } from '@playwright/test';
import { shardLane } from '../../fixtures/shard-lane.ts';

const SHARDS = [1, 2, 3];
const WORKERS = 2;

test('shard lane: no two workers of any two shards share a lane or a range of users', () => {
  const lanes = SHARDS.flatMap((current) =>
    [0, 1].map((index) =>
      shardLane({ shard: { current, total: 3 }, workers: WORKERS }, { parallelIndex: index, workerIndex: index }),
    ),
  );
  expect(lanes.map(({ lane }) => lane)).toEqual([0, 1, 2, 3, 4, 5]);
  expect(new Set(lanes.map(({ workerIndex }) => workerIndex)).size).toBe(6);
  expect(lanes.every((each) => each.lanes === 6)).toBe(true);
});

test('shard lane: without shards a worker keeps its own numbers', () => {
  const lane = shardLane({ shard: null, workers: WORKERS }, { parallelIndex: 1, workerIndex: 7 });
  expect(lane).toEqual({ lane: 1, lanes: 2, workerIndex: 7 });
});
