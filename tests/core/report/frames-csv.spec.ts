import { expect, test } from '@playwright/test';
import { agentRun } from '../../../src/checks/index.ts';
import { framesCsv } from '../../../src/report/frames-csv.ts';
import { BUDGETS } from '../histories/budgets.ts';
import { fakeHistory } from '../histories/fake-history.ts';

test('writes every entry into the table of frames, with its findings', () => {
  const { history, socket } = fakeHistory();
  socket('c1')
    .ready()
    .runs('a')
    .event('a', 'agent_started', { note: 'a "quoted", line' })
    .event('a', 'agent_completed')
    .quiet();
  const lines = framesCsv(history, [agentRun({ budgets: BUDGETS, order: 'grammar' })(history)]).split('\r\n');
  expect(lines).toHaveLength(history.length + 2);
  expect(lines[0]).toBe('number,ms,since previous ms,connection,way,what,bytes,findings,payload');
  expect(lines[5]).toContain(String.raw`""note"":""a \""quoted\"", line""`);
  expect(lines[6]).toMatch(/^5,50\.0,10\.0,c1,←,agent_completed,\d+,event-missing,/);
});
