import { expect, test } from '@playwright/test';
import { untoldVerdicts } from '../../src/checks/always-on.ts';
import { handshake, welcome } from '../../src/checks/index.ts';
import type { Verdict } from '../../src/checks/index.ts';
import { BUDGETS } from './budgets.ts';
import { tale } from './histories.ts';

function checksIn(verdicts: readonly Verdict[]): readonly string[] {
  return verdicts.map(({ check, holds }) => `${check} ${holds}`);
}

test('always on: a violation that nobody asked about is told', () => {
  const { history, socket } = tale();
  socket('c1').ready().closed(1011, 'gone');
  const told = [welcome(BUDGETS)(history)];
  expect(checksIn(untoldVerdicts(history, told, []))).toEqual(['closing false']);
  expect(untoldVerdicts(history, told, ['closing'])).toEqual([]);
});

test('always on: of a refused connection its refusal is told, once, and nothing that follows from it', () => {
  const { history, socket } = tale();
  socket('c1').asks().refused(503);
  expect(checksIn(untoldVerdicts(history, [welcome(BUDGETS)(history)], []))).toEqual(['handshake false']);
  expect(untoldVerdicts(history, [handshake()(history)], [])).toEqual([]);
});

test('always on: a test that judged nothing is told so', () => {
  const { history, socket } = tale();
  socket('c1').ready();
  expect(checksIn(untoldVerdicts(history, [], []))).toEqual(['evidence unknown']);
});

test('always on: an exemption from a check that does not exist is refused with the names of those that do', () => {
  expect(() => untoldVerdicts([], [], ['closign'])).toThrow(
    /expected names of always-on checks \(.*closing.*\), got closign/,
  );
});
