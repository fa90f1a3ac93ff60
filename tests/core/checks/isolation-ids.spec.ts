import { expect, test } from '@playwright/test';
import { isolation } from '../../../src/checks/isolation.ts';
import type { Finding } from '../../../src/checks/verdict.ts';
import { findingsOf } from '../../../src/checks/verdict.ts';
import type { FakeHistory, FakeConnection } from '../histories/fake-history.ts';
import { fakeHistory } from '../histories/fake-history.ts';

const ONE = 'aaaaaaaa';
const OTHER = 'bbbbbbbb';

const OF_THE_PRODUCT = { blame: 'product', connection: 'c1' } as const;

const start = (thread: string, more: object = {}): object => ({ type: 'agent_started', thread_id: thread, ...more });

const quoting = (nonce: string): object => ({ type: 'agent_thinking', thread_id: ONE, text: `about nonce-${nonce}` });

/** A ready socket of anna that asked for the run `aaaaaaaa`. The request is the entry 3. */
const asking = ({ socket }: FakeHistory): FakeConnection => socket('c1', 'anna').ready().runs(ONE);

const IDS: Readonly<Record<string, readonly [(fake: FakeHistory) => unknown, readonly Finding[]]>> = {
  'a thread of which nobody was told, beside their own': [
    (fake) =>
      asking(fake).receives({ type: 'agent_started', run_id: ONE, thread_id: 'elsewhere' }).receives(start(ONE)),
    [
      {
        ...OF_THE_PRODUCT,
        code: 'foreign-thread',
        expected: `thread ${ONE}`,
        found: 'thread elsewhere',
        because: `agent_started (#4) of run nonce-${ONE} names the thread elsewhere, of which anna was never told; the run is on ${ONE}`,
        entries: [3, 4],
      },
    ],
  ],
  'a thread where the request named none': [
    ({ socket }) => socket('c1').ready().sends({ type: 'chat', content: 'hello' }).receives(start('made-up')),
    [],
  ],
  'a run id that changes after events without one': [
    (fake) =>
      asking(fake)
        .receives(start(ONE))
        .receives(start(ONE, { run_id: 'r1' }))
        .receives(start(ONE, { run_id: 'r2' })),
    [
      {
        ...OF_THE_PRODUCT,
        code: 'foreign-run',
        expected: 'run r1',
        found: 'run r2',
        because: `agent_started (#6) of run nonce-${ONE} names the run r2; #5 named r1`,
        entries: [5, 6],
      },
    ],
  ],
  'a run id that only some events name': [
    (fake) =>
      asking(fake)
        .receives(start(ONE))
        .receives(start(ONE, { run_id: 'r1' }))
        .receives(start(ONE, { step: 3 })),
    [],
  ],
  'the prompt of another run of the same user': [
    (fake) => asking(fake).runs(OTHER).receives(quoting(OTHER)),
    [
      {
        ...OF_THE_PRODUCT,
        code: 'foreign-run',
        expected: `the prompt of run nonce-${ONE}, if any`,
        found: `the prompt of run nonce-${OTHER}`,
        because: `agent_thinking (#5) of run nonce-${ONE} quotes the prompt of run nonce-${OTHER} instead of its own`,
        entries: [3, 4, 5],
      },
    ],
  ],
  'its own prompt beside another one': [
    (fake) =>
      asking(fake)
        .runs(OTHER)
        .receives(quoting(`${ONE} and nonce-${OTHER}`)),
    [],
  ],
  'a prompt that nobody here asked with': [(fake) => asking(fake).receives(quoting('cccccccc')), []],
  'a prompt where its own request has no mark': [
    ({ socket }) =>
      socket('c1')
        .ready()
        .sends({ type: 'chat', content: 'hello', thread_id: ONE })
        .runs(OTHER)
        .receives(quoting(OTHER)),
    [],
  ],
  "another user's prompt, which is a leak and no foreign run": [
    (fake) => {
      const c1 = asking(fake);
      fake.socket('c2', 'bert').ready().runs(OTHER);
      c1.receives(quoting(OTHER));
    },
    [
      {
        ...OF_THE_PRODUCT,
        code: 'foreign-nonce',
        expected: 'every message on a socket belongs to the user, the threads and the runs of that socket',
        found: `the nonce nonce-${OTHER}`,
        because: `#8 on c1 of anna quotes the prompt of run nonce-${OTHER}, asked for on c2 by bert`,
        entries: [7, 8],
      },
    ],
  ],
};

for (const [name, [record, expected]] of Object.entries(IDS)) {
  test(`isolation: a run whose events name ${name} gives ${expected.length} findings`, () => {
    const fake = fakeHistory();
    record(fake);
    expect(findingsOf(isolation()(fake.history))).toEqual(expected);
  });
}

test('isolation: events of a run are called by what they mean, whatever their wire name', () => {
  const fake = fakeHistory();
  asking(fake).receives(start(ONE)).receives({ type: 'tool_call', run_id: ONE, thread_id: 'elsewhere', name: 'a' });
  expect(isolation()(fake.history).because).toContain('tool_executing (#5)');
});
