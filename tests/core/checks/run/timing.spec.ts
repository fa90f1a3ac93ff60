import { expect, test } from '@playwright/test';
import { agentRun } from '../../../../src/checks/agent-run.ts';
import { BUDGETS } from '../../histories/budgets.ts';
import { fakeHistory } from '../../histories/fake-history.ts';
import { codesOf } from '../judges-to.ts';
import type { FakeHistory } from '../../histories/fake-history.ts';
import { askedForOne, runFindings } from './run-findings.ts';
import { events, LETTERS } from '../../histories/run-letters.ts';

const LATE: Readonly<Record<string, readonly [string, number]>> = {
  S: ['first-event-late', 300],
  X: ['event-gap-late', 300],
  D: ['event-gap-late run-late', 700],
};

for (const [letter, [expected, pauseMs]] of Object.entries(LATE)) {
  test(`agent-run: a pause of ${pauseMs} ms before ${LETTERS[letter]} is ${expected}`, () => {
    const { history, socket, at } = fakeHistory();
    const c1 = socket('c1').ready().runs('one');
    for (const next of 'STXCD') {
      if (next === letter) at((history.at(-1)?.atMs ?? 0) + pauseMs);
      events(c1, next);
    }
    c1.quiet();
    expect(codesOf(agentRun({ budgets: BUDGETS, order: 'exact' })(history))).toBe(expected);
  });
}

/** A run whose first event comes at this moment; it was asked for at 40 ms, and 200 ms are allowed. */
function firstEventAt(atMs: number, fake: FakeHistory): void {
  const c1 = askedForOne(fake);
  fake.at(atMs);
  events(c1, 'STXCD').quiet();
}

test('agent-run: an event at the very end of its budget is in time', () => {
  expect(runFindings((fake) => firstEventAt(240, fake))).toEqual([]);
});

test('agent-run: an event after its budget is late, and so is a pause, each with both ends', () => {
  const OF_RUN = { blame: 'product', connection: 'c1', expected: 'at most 200 ms', found: '201 ms' } as const;
  expect(runFindings((fake) => firstEventAt(241, fake))).toEqual([
    {
      ...OF_RUN,
      code: 'first-event-late',
      because:
        'run one: agent_started (#4) came 201 ms after the request (#3); 200 ms are allowed; no lag of our own was seen in that time',
      entries: [3, 4],
    },
  ]);
  const paused = runFindings((fake) => {
    const c1 = events(askedForOne(fake), 'S');
    fake.at(251);
    for (const event of ['agent_thinking', 'tool_executing', 'tool_completed', 'agent_completed'] as const)
      c1.event('one', event);
    c1.quiet();
  });
  expect(paused).toEqual([
    {
      ...OF_RUN,
      code: 'event-gap-late',
      because:
        'run one: agent_thinking (#5) came 201 ms after agent_started (#4); 200 ms are allowed; no lag of our own was seen in that time',
      entries: [4, 5],
    },
  ]);
});

for (const [when, expected, record] of [
  ['before the run was asked for', 'first-event-late', (fake: FakeHistory) => [fake.lag(20), askedForOne(fake)]],
  ['while the event was due', 'harness-lag', (fake: FakeHistory) => [askedForOne(fake), fake.lag(20)]],
] as const) {
  test(`agent-run: for a delay of our own ${when} a late event is ${expected}`, () => {
    const findings = runFindings((fake) => {
      record(fake);
      fake.at(251);
      events(fake.socket('c1'), 'STXCD').quiet();
    });
    expect(findings.map(({ code }) => code)).toEqual([expected]);
  });
}
