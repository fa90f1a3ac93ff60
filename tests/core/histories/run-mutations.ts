import type { ViolationCode } from '../../../src/checks/findings.ts';
import type { FakeHistory, FakeConnection } from './fake-history.ts';
import type { SentEvent } from './legal-runs.ts';

/** One way to spoil a legal run, and the finding that it must give. `at` chooses where. */
export interface Mutation {
  readonly name: string;
  readonly gives: ViolationCode;
  readonly mutate: (sent: FakeHistory, run: readonly SentEvent[], at: number) => void;
}

const RUN = 'thread1xyz';
const THE_RUN = `run nonce-${RUN}`;

/** The run as the mutation leaves it, on one socket, then what `end` records. */
function spoilt(
  change: (run: readonly SentEvent[], at: number) => readonly SentEvent[],
  end: (c1: FakeConnection) => void = quiet,
) {
  return ({ socket }: FakeHistory, run: readonly SentEvent[], at: number): void => {
    const c1 = socket('c1').ready().runs(RUN);
    for (const { event, more } of change(run, at)) c1.event(RUN, event, more);
    end(c1);
  };
}

function quiet(c1: FakeConnection): void {
  c1.quiet();
}

/** An index inside the run, neither the first event nor the last. */
const inside = (run: readonly SentEvent[], at: number): number => 1 + (at % (run.length - 2));

const changed = (more: Readonly<Record<string, unknown>>) => (run: readonly SentEvent[], at: number) =>
  run.map((sent, index) => (index === at % run.length ? { ...sent, more: { ...sent.more, ...more } } : sent));

export const MUTATIONS: readonly Mutation[] = [
  { name: 'without its start', gives: 'event-missing', mutate: spoilt((run) => run.slice(1)) },
  {
    name: 'without its end',
    gives: 'run-stalled',
    mutate: spoilt(
      (run) => run.slice(0, -1),
      (c1) => c1.deadline(THE_RUN),
    ),
  },
  {
    name: 'that nobody answers',
    gives: 'run-unanswered',
    mutate: spoilt(
      () => [],
      (c1) => c1.deadline(THE_RUN),
    ),
  },
  {
    name: 'cut short',
    gives: 'run-cut-short',
    mutate: spoilt(
      (run, at) => run.slice(0, at % run.length),
      (c1) => c1.closed(1011, 'Internal error'),
    ),
  },
  {
    name: 'with an event sent twice',
    gives: 'event-duplicated',
    mutate: spoilt((run, at) => run.flatMap((sent, index) => (index === at % run.length ? [sent, sent] : [sent]))),
  },
  {
    name: 'with an event after its end',
    gives: 'event-after-end',
    mutate: spoilt((run, at) => {
      const moved = run[inside(run, at)];
      return moved === undefined ? run : [...run.filter((sent) => sent !== moved), moved];
    }),
  },
  {
    name: 'with another event before its start',
    gives: 'event-out-of-order',
    mutate: spoilt((run, at) => {
      const moved = run[inside(run, at)];
      return moved === undefined ? run : [moved, ...run.filter((sent) => sent !== moved)];
    }),
  },
  {
    name: 'with a time that cannot be read',
    gives: 'event-field-unreadable',
    mutate: spoilt(changed({ timestamp: 'soon' })),
  },
  { name: 'that names another user', gives: 'foreign-user', mutate: spoilt(changed({ user_id: 'somebody-else' })) },
  {
    name: 'that names another thread',
    gives: 'foreign-thread',
    mutate: spoilt(changed({ thread_id: 'thread-of-nobody' })),
  },
  { name: 'with a fabricated answer', gives: 'canned-response', mutate: spoilt(changed({ emergency_mode: true })) },
  {
    name: 'with a tool that never completes',
    gives: 'tool-unpaired',
    mutate: spoilt((run) => [
      ...run.slice(0, -1),
      { event: 'tool_executing', more: { tool_name: 'lost_tool' } },
      ...run.slice(-1),
    ]),
  },
  {
    name: 'with an event delivered to somebody else',
    gives: 'foreign-event',
    mutate: ({ socket }, run, at) => {
      const [c1, c2] = [socket('c1').ready().runs(RUN), socket('c2').ready()];
      run.forEach(({ event, more }, index) => (index === at % run.length ? c2 : c1).event(RUN, event, more));
      c1.quiet();
    },
  },
];
