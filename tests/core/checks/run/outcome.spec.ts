import { expect, test } from '@playwright/test';
import type { FakeConnection } from '../../histories/fake-history.ts';
import { askedForOne, runFindings } from './run-findings.ts';

const REQUIRED = { order: 'grammar', required: ['agent_started', 'agent_completed'] } as const;

function found(record: (c1: FakeConnection) => FakeConnection): readonly string[] {
  return runFindings((fake) => record(askedForOne(fake)).quiet(), REQUIRED).map(({ because }) => because);
}

test('agent-run: a completion that says it failed is the failure of the run', () => {
  const quota = { success: false, error: 'no quota' };
  expect(found((c1) => c1.event('one', 'agent_started').event('one', 'agent_completed', quota))).toEqual([
    'run one: it ended with agent_completed (#5), which says success false, error "no quota"',
  ]);
});

test('agent-run: an empty answer and none at all are findings of their own', () => {
  const completed = (more: object) =>
    found((c1) => c1.event('one', 'agent_started').event('one', 'agent_completed', more));
  expect(completed({ final_response: '' })).toEqual([
    'run one: it completed, and its answer in agent_completed (#5) is empty: a person would see an empty chat',
  ]);
  expect(completed({ final_response: undefined })).toEqual([
    'run one: it completed with agent_completed (#5), and no completion carries an answer: a person would see an empty chat',
  ]);
});

test('agent-run: nested agents owe no answer, and their failure is not that of the run', () => {
  const data = { agent_name: 'Data' };
  const nested = (c1: FakeConnection) =>
    c1
      .event('one', 'agent_started', { agent_name: 'Main' })
      .event('one', 'agent_started', data)
      .event('one', 'agent_completed', { ...data, final_response: undefined, status: 'failed' })
      .event('one', 'agent_completed', { agent_name: 'Main' });
  expect(found(nested)).toEqual([]);
});

test('agent-run: an answer may come in a report instead', () => {
  const reported = (c1: FakeConnection) =>
    c1
      .event('one', 'agent_started')
      .receives({ type: 'final_report', thread_id: 'one', payload: { report: 'Yes.' } })
      .event('one', 'agent_completed', { final_response: undefined });
  expect(found(reported)).toEqual([]);
});

test('agent-run: agents of one name are told apart by their ids, which one of both events may leave out', () => {
  const agent = (id: number) => ({ agent_name: 'Data', agent_id: id });
  const at = (c1: FakeConnection) => c1.event('one', 'agent_started', { agent_name: 'Main' });
  const ends = (c1: FakeConnection) => c1.event('one', 'agent_completed', { agent_name: 'Main' });
  const twins = (c1: FakeConnection) =>
    ends(
      at(c1)
        .event('one', 'agent_started', agent(1))
        .event('one', 'agent_started', agent(2))
        .event('one', 'agent_completed', agent(1))
        .event('one', 'agent_completed', agent(2)),
    );
  const shortened = (c1: FakeConnection) =>
    ends(at(c1).event('one', 'agent_started', agent(1)).event('one', 'agent_completed', { agent_name: 'Data' }));
  expect([found(twins), found(shortened)]).toEqual([[], []]);
});

const LATE: readonly object[] = [
  { type: 'stream_chunk', thread_id: 'one' },
  { type: 'agent_progress', data: { run_id: 'run-1' } },
  { type: 'progress_update' },
];

for (const message of LATE) {
  test(`agent-run: ${JSON.stringify(message)} after the end of its run is reported`, () => {
    const late = (c1: FakeConnection) =>
      c1
        .event('one', 'agent_started', { run_id: 'run-1' })
        .event('one', 'agent_completed', { run_id: 'run-1' })
        .receives(message);
    expect(found(late)).toMatchObject(
      [/arrived 10 ms after the end of the run, agent_completed \(#5\)$/].map((text) => expect.stringMatching(text)),
    );
  });
}

test('agent-run: bookkeeping may follow the end of a run, and chunks may come before it', () => {
  const whole = (c1: FakeConnection) =>
    c1
      .event('one', 'agent_started')
      .receives({ type: 'stream_chunk', thread_id: 'one', payload: { content: 'Yes' } })
      .event('one', 'agent_completed')
      .receives({ type: 'thread_renamed', payload: { thread_id: 'one' } })
      .receives({ type: 'cleanup_complete', run_id: 'one' });
  expect(found(whole)).toEqual([]);
});

test('agent-run: what a message that cannot be read stood for is not missing, but not shown either', () => {
  const problem = 'NaN is no JSON value, of "ms", at offset 9 (line 1, column 10); the parser says: no';
  const unreadable = { kind: 'unreadable', direction: 'received', why: 'not-json', excerpt: '{', bytes: 1 } as const;
  const findings = runFindings(
    (fake) =>
      askedForOne(fake)
        .event('one', 'agent_started')
        .fact({ ...unreadable, type: 'agent_thinking', problem })
        .event('one', 'agent_completed')
        .quiet(),
    { order: 'grammar', required: ['agent_started', 'agent_thinking', 'tool_executing', 'agent_completed'] },
  );
  expect(findings.map(({ code, because }) => [code, because])).toEqual([
    ['event-missing', 'run one: it completed at agent_completed (#6) without tool_executing'],
    ['unreadable-instead', `run one: agent_thinking is message #5, which cannot be read: ${problem}`],
  ]);
});
