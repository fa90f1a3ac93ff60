import { expect, test } from '@playwright/test';
import { agentRun } from '../../../src/checks/agent-run.ts';
import type { OrderMode } from '../../../src/checks/run/order.ts';
import { BUDGETS, codesOf } from './codes.ts';
import { fakeHistory } from '../histories/fake-history.ts';
import { events } from '../histories/run-letters.ts';

const ORDERS: readonly (readonly [OrderMode, string, string])[] = [
  ['exact', 'STXCD', 'holds'],
  ['grammar', 'STXCD', 'holds'],
  ['grammar', 'STTXTCXCTD', 'holds'],
  ['grammar', 'STXXCCD', 'holds'],
  ['exact', 'TXCD', 'event-missing'],
  ['exact', 'SXCD', 'event-missing'],
  ['exact', 'STCD', 'event-missing'],
  ['exact', 'STXD', 'event-missing'],
  ['exact', 'SCTD', 'event-missing event-out-of-order'],
  ['grammar', 'STXD', 'event-missing'],
  ['grammar', 'STXXCD', 'tool-unpaired'],
  ['grammar', 'STXCCD', 'tool-unpaired'],
  ['grammar', 'STD', 'event-missing event-missing'],
  ['exact', 'TSXCD', 'event-out-of-order'],
  ['grammar', 'TSXCD', 'event-out-of-order'],
  ['exact', 'SXTCD', 'event-out-of-order'],
  ['grammar', 'SXTCD', 'holds'],
  ['exact', 'STCXD', 'event-out-of-order'],
  ['grammar', 'STCXD', 'event-out-of-order'],
  ['exact', 'STXDC', 'event-after-end'],
  ['exact', 'STTXCD', 'event-duplicated'],
  ['grammar', 'ST!XCD', 'event-duplicated'],
  ['exact', 'STXCD!', 'event-duplicated'],
  ['exact', 'SSTXCD', 'event-duplicated'],
  ['exact', 'STXCDT', 'event-after-end'],
  ['exact', 'DCXTS', 'event-after-end event-after-end event-after-end event-after-end'],
];

for (const [order, letters, expected] of ORDERS) {
  test(`agent-run: ${letters} in ${order} order is ${expected}`, () => {
    const { history, socket } = fakeHistory();
    events(socket('c1').ready().runs('one'), letters).quiet();
    expect(codesOf(agentRun({ budgets: BUDGETS, order })(history))).toBe(expected);
  });
}
