import { welcome } from '../../../src/checks/welcome.ts';
import { BUDGETS } from '../histories/budgets.ts';
import { judgesTo, opened } from './judges-to.ts';

const notice = { type: 'system_message', data: { event: 'degraded_mode' } };
const late = { code: 'welcome-late', expected: 'a welcome within 200 ms of the upgrade', connection: 'c1' };
const early = { code: 'welcome-out-of-order', found: 'an answer first', connection: 'c1' };

/** The accepted upgrade is entry 1, 20 ms after the start. */
judgesTo('welcome', welcome(BUDGETS), [
  {
    title: 'a welcome as late as allowed is in time',
    verdict: { holds: true, evidence: [2], notes: [] },
    history: opened((c1, { at }) => {
      at(220);
      c1.welcomed();
    }, 'anna'),
  },
  {
    title: 'a welcome that is late is reported with the upgrade',
    verdict: {
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
    history: opened((c1, { at }) => {
      at(900);
      c1.welcomed();
    }, 'anna'),
  },
  {
    title: 'a welcome that comes twice is reported with both',
    verdict: {
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
    history: opened((c1) => c1.welcomed().welcomed(), 'anna'),
  },
  {
    title: 'a welcome after an event of a run is reported with the event',
    verdict: {
      findings: [
        {
          ...early,
          because: 'agent_started (#3) arrived before the welcome (#5)',
          entries: [3, 5],
        },
      ],
    },
    history: opened(
      (c1) => c1.runs('one').event('one', 'agent_started').event('one', 'agent_thinking').welcomed(),
      'anna',
    ),
  },
  {
    title: 'a welcome after the failure of a run is reported with the failure',
    verdict: { findings: [{ ...early, because: 'agent_error (#3) arrived before the welcome (#4)', entries: [3, 4] }] },
    history: opened((c1) => c1.runs('one').event('one', 'agent_error').welcomed(), 'anna'),
  },
  {
    title: 'a welcome before every event of a run is in order',
    verdict: { holds: true },
    history: opened((c1) => c1.welcomed().runs('one').fiveEvents('one'), 'anna'),
  },
  {
    title: 'a welcome after a notice of degraded service is noted',
    verdict: { holds: true, notes: [{ code: 'degraded', because: 'the service says it runs degraded', entries: [3] }] },
    history: opened((c1) => c1.receives({ type: 'ping' }).receives(notice).welcomed(), 'anna'),
  },
  {
    title: 'a welcome that names another user is reported with both',
    verdict: {
      findings: [
        {
          code: 'welcome-wrong-user',
          expected: 'user anna',
          found: 'user bert',
          because: 'the token is for anna, the welcome names bert',
          entries: [2],
          connection: 'c1',
        },
      ],
    },
    history: opened((c1) => c1.welcomed('bert'), 'anna'),
  },
  {
    title: 'a welcome that names no user is noted',
    verdict: {
      holds: true,
      notes: [{ code: 'welcome-names-no-user', because: 'this welcome carries no user id', entries: [2] }],
    },
    history: opened((c1) => c1.receives({ type: 'welcome' }), 'anna'),
  },
  {
    title: 'a welcome in another mode is reported',
    verdict: {
      findings: [
        {
          code: 'welcome-wrong-mode',
          expected: 'mode "main"',
          found: 'mode "legacy"',
          because: 'the welcome says mode "legacy": path, query or User-Agent chose another handler',
          entries: [2],
          connection: 'c1',
        },
      ],
    },
    history: opened((c1) => c1.receives({ type: 'connect', data: { mode: 'legacy', user_id: 'anna' } }), 'anna'),
  },
]);

for (const mode of ['main', 'connection_scoped']) {
  const history = opened((c1) => c1.receives({ type: 'connect', data: { mode, user_id: 'anna' } }), 'anna');
  judgesTo('welcome', welcome(BUDGETS), [
    { title: `a welcome in mode ${mode} is right`, verdict: { holds: true }, history },
  ]);
}

judgesTo('welcome', welcome(BUDGETS), [
  {
    title: 'a connection_id that is null',
    gives: 'id-null',
    history: opened((c1) => c1.receives({ type: 'welcome', data: { user_id: 'anna', connection_id: null } }), 'anna'),
  },
  {
    title: 'a welcome without connection_id',
    gives: 'holds',
    history: opened((c1) => c1.receives({ type: 'welcome', data: { user_id: 'anna' } }), 'anna'),
  },
  {
    title: 'a welcome that cannot be read',
    gives: 'unknown: unreadable-instead',
    history: opened((c1) =>
      c1
        .fact({
          kind: 'unreadable',
          direction: 'received',
          why: 'not-json',
          excerpt: '{',
          bytes: 1,
          type: 'system_message',
          problem: 'NaN is no JSON value',
        })
        .deadline('welcome'),
    ),
  },
]);
