import { expect, test } from '@playwright/test';
import { unfinishedShard } from '../../../../src/load/execute/shards.ts';
import { fleetResult } from '../../../../src/load/observe/fleet-result.ts';
import { LOAD } from '../observations.ts';

const FIRST = unfinishedShard(LOAD, { current: 1, of: 2 }, 'twin');

test('shards of different fleets are not merged', () => {
  const other = unfinishedShard({ ...LOAD, rampPerSecond: 1 }, { current: 2, of: 2 }, 'twin');
  expect(() => fleetResult([FIRST, other], 'the whole fleet')).toThrow('expected shards of one fleet');
});

test('a shard that is given twice is not merged', () => {
  expect(() => fleetResult([FIRST, FIRST], 'the whole fleet')).toThrow('shard 1 of 2 was given twice');
});

test('a fleet without a shard has no result', () => {
  expect(() => fleetResult([], 'the whole fleet')).toThrow('at least one shard');
});
