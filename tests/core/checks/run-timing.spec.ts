import { expect, test } from '@playwright/test';
import type { FakeHistory } from '../histories/fake-history.ts';
import { askedForOne, runFindings } from './run-findings.ts';
import { events } from '../histories/run-letters.ts';

/** A run whose first event comes at this moment; it was asked for at 40 ms, and 200 ms are allowed. */
function firstEventAt(atMs: number, told: FakeHistory): void {
  const c1 = askedForOne(told);
  told.at(atMs);
  events(c1, 'STXCD').quiet();
}

test('agent-run: an event at the very end of its budget is in time', () => {
  expect(runFindings((told) => firstEventAt(240, told))).toEqual([]);
});

test('agent-run: an event after its budget is late, and so is a pause, each with both ends', () => {
  const OF_RUN = { blame: 'product', connection: 'c1', expected: 'at most 200 ms', found: '201 ms' } as const;
  expect(runFindings((told) => firstEventAt(241, told))).toEqual([
    {
      ...OF_RUN,
      code: 'first-event-late',
      because:
        'run one: agent_started (#4) came 201 ms after the request (#3); 200 ms are allowed; no lag of our own was seen in that time',
      entries: [3, 4],
    },
  ]);
  const paused = runFindings((told) => {
    const c1 = events(askedForOne(told), 'S');
    told.at(251);
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

for (const [when, expected, tell] of [
  ['before the run was asked for', 'first-event-late', (told: FakeHistory) => [told.lag(20), askedForOne(told)]],
  ['while the event was due', 'harness-lag', (told: FakeHistory) => [askedForOne(told), told.lag(20)]],
] as const) {
  test(`agent-run: for a delay of our own ${when} a late event is ${expected}`, () => {
    const findings = runFindings((told) => {
      tell(told);
      told.at(251);
      events(told.socket('c1'), 'STXCD').quiet();
    });
    expect(findings.map(({ code }) => code)).toEqual([expected]);
  });
}
