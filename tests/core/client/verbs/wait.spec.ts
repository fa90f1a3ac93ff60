import { expect, test } from '@playwright/test';
import { waitFor } from '../../../../src/client/verbs/wait.ts';
import type { Entry } from '../../../../src/history/entry.ts';
import type { Recorder } from '../../../../src/history/recorder.ts';
import { createRecorder } from '../../../../src/history/recorder.ts';

const clock = (): number => performance.now();
const recorded = (): Recorder => createRecorder({ clock, redact: (text) => text });
const receive = (recorder: Recorder, type: string, connection = 'c1'): Entry => {
  const text = JSON.stringify({ type });
  return recorder.recordText(connection, 'received', text, text.length);
};
const isA = (type: string) => (entry: Entry) => entry.kind === 'received' && entry.message.type === type;
const wait = { connection: 'c1', until: isA('b'), from: 0, totalMs: 5000 };

test('wait: what arrived before the wait counts, from the given entry on', async () => {
  const recorder = recorded();
  receive(recorder, 'b');
  expect(await waitFor(recorder, wait, clock)).toMatchObject({ by: 'message', entry: { index: 0 } });
  expect(await waitFor(recorder, { ...wait, from: 1, totalMs: 5 }, clock)).toMatchObject({
    by: 'deadline',
    limit: 'total',
  });
});

test('wait: another connection does not end it, its own end does', async () => {
  const recorder = recorded();
  const ending = waitFor(recorder, wait, clock);
  receive(recorder, 'b', 'c2');
  recorder.record('c1', { kind: 'closed', code: 1011, reason: '', by: 'them' });
  expect(await ending).toMatchObject({ by: 'close', entry: { index: 1 } });
});

test('wait: the gap limit starts anew at each progress, and the deadline says what was last seen', async () => {
  const recorder = recorded();
  const ending = waitFor(
    recorder,
    { ...wait, isProgress: isA('a'), gapMs: (steps) => (steps === 0 ? 1000 : 20) },
    clock,
  );
  receive(recorder, 'a');
  expect(await ending).toMatchObject({ by: 'deadline', limit: 'gap', lastSeen: 0 });
});

test('wait: a heartbeat restarts the idle limit but not the gap limit', async () => {
  const recorder = recorded();
  const ending = waitFor(recorder, { ...wait, isProgress: isA('a'), gapMs: () => 30, idleMs: 1000 }, clock);
  receive(recorder, 'heartbeat');
  expect(await ending).toMatchObject({ by: 'deadline', limit: 'gap' });
});

test('wait: silence of the whole connection is the idle limit', async () => {
  expect(await waitFor(recorded(), { ...wait, idleMs: 10 }, clock)).toMatchObject({ by: 'deadline', limit: 'idle' });
});
