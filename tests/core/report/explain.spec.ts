import { expect, test } from '@playwright/test';
import { agentRun } from '../../../src/checks/agent-run.ts';
import { closing } from '../../../src/checks/closing.ts';
import { handshake } from '../../../src/checks/handshake.ts';
import { welcome } from '../../../src/checks/welcome.ts';
import { diagnose } from '../../../src/failures/diagnosis.ts';
import { explain } from '../../../src/report/explain.ts';
import { BUDGETS } from '../histories/budgets.ts';
import { closesEarly } from '../failures/diagnosed-history.ts';
import { fakeHistory } from '../histories/fake-history.ts';
import { events } from '../histories/run-letters.ts';

function swapped() {
  const fake = fakeHistory();
  events(fake.socket('c1').ready().runs('one'), 'STCXD').quiet();
  return fake.history;
}

const run = agentRun({ budgets: BUDGETS, order: 'exact' });

test('explain: the first line names check, code, phase and blame; the rest what, why and where', () => {
  expect(explain([run(swapped())], 'attachment "transcript"')).toBe(
    [
      'Violated: agent-run [event-out-of-order] in phase events, blame product on c1: the events of a run arrive in another order',
      '  Expected  agent_started → agent_thinking → tool_executing → tool_completed → agent_completed, once each',
      '  Found     agent_started → agent_thinking → tool_completed → tool_executing → agent_completed',
      '  Because   run one: tool_completed (#6) arrived before tool_executing (#7)',
      '  See       attachment "transcript", entries #6, #7',
    ].join('\n'),
  );
});

test('explain: what could not be verified says so, and who prevented it', () => {
  const { history, socket } = fakeHistory();
  socket('c1').asks().refused(503, 'down');
  expect(explain([run(history)], 'x').split('\n')[0]).toBe(
    'Not verified: agent-run [not-connected] in phase upgrade, blame environment on c1: there was no connection to judge',
  );
});

test('explain: the diagnosis and what to look at next stand right after the first finding', () => {
  const fake = fakeHistory();
  closesEarly(fake, 1011, 'Internal error');
  const verdict = welcome(BUDGETS)(fake.history);
  const text = explain([verdict, verdict], 'transcript', diagnose(fake.history, [verdict]));
  const [finding = '', conclusion = '', second = ''] = text.split('\n\n');
  expect(second).toBe(finding);
  expect(finding).toMatch(/^Violated: welcome \[closed-before-welcome\]/);
  expect(conclusion).toMatch(
    /^ {2}Diagnosis FM-22: accepted, then closed with 1011 before the welcome \(phase welcome, blame product\)\n {2}Next {6}/,
  );
  expect(conclusion).toContain('docs/failures.md#fm-22; could also be ');
});

test('explain: verdicts that hold are silent', () => {
  expect(explain([handshake()(swapped()), closing()(swapped())], 'x')).toBe('');
});
