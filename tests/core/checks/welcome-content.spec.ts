import { expect, test } from '@playwright/test';
import { welcome } from '../../../src/checks/welcome.ts';
import { BUDGETS } from './codes.ts';
import type { FakeHistory, FakeConnection } from '../histories/fake-history.ts';
import { fakeHistory } from '../histories/fake-history.ts';

const notice = { type: 'system_message', data: { event: 'degraded_mode' } };
const late = { code: 'welcome-late', expected: 'a welcome within 200 ms of the upgrade', connection: 'c1' };
const early = { code: 'welcome-out-of-order', found: 'an answer first', connection: 'c1' };

/** The accepted upgrade is entry 1, 20 ms after the start. */
const TALES: Readonly<
  Record<string, readonly [Record<string, unknown>, (c1: FakeConnection, told: FakeHistory) => void]>
> = {
  'as late as allowed is in time': [
    { holds: true, evidence: [2], notes: [] },
    (c1, { at }) => {
      at(220);
      c1.welcomed();
    },
  ],
  'that is late is told with the upgrade': [
    {
      findings: [
        {
          ...late,
          found: 'a welcome after 880 ms',
          because:
            'the welcome (#2) came 880 ms after the upgrade; 200 ms are allowed; no lag of our own was seen in that time',
          entries: [1, 2],
        },
      ],
    },
    (c1, { at }) => {
      at(900);
      c1.welcomed();
    },
  ],
  'that comes twice is told with both': [
    {
      findings: [
        {
          code: 'welcome-duplicated',
          expected: 'one welcome',
          found: 'two',
          because: 'a second welcome (#3) arrived 10 ms after the first (#2)',
          entries: [2, 3],
          connection: 'c1',
        },
      ],
    },
    (c1) => c1.welcomed().welcomed(),
  ],
  'after an event of a run is told with the event': [
    {
      findings: [
        {
          ...early,
          because: 'agent_started (#3) arrived before the welcome (#5)',
          entries: [3, 5],
        },
      ],
    },
    (c1) => c1.runs('one').event('one', 'agent_started').event('one', 'agent_thinking').welcomed(),
  ],
  'after the failure of a run is told with the failure': [
    { findings: [{ ...early, because: 'agent_error (#3) arrived before the welcome (#4)', entries: [3, 4] }] },
    (c1) => c1.runs('one').event('one', 'agent_error').welcomed(),
  ],
  'before every event of a run is in order': [{ holds: true }, (c1) => c1.welcomed().runs('one').fiveEvents('one')],
  'after a notice of degraded service is noted': [
    { holds: true, notes: [{ code: 'degraded', because: 'the service says it runs degraded', entries: [3] }] },
    (c1) => c1.hears({ type: 'ping' }).hears(notice).welcomed(),
  ],
};

for (const [name, [expected, tell]] of Object.entries(TALES)) {
  test(`welcome: one ${name}`, () => {
    const told = fakeHistory();
    tell(told.socket('c1', 'anna').asks().opens(), told);
    expect(welcome(BUDGETS)(told.history)).toMatchObject(expected);
  });
}
