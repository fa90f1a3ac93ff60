import { conversationChecks } from '../src/checks/standard-checks.ts';
import { AGENT_EVENTS } from '../src/protocol/agent-events.ts';
import { createRecorder } from '../src/history/recorder.ts';
import { createRedactor } from '../src/history/redact.ts';
import type { Recorder } from '../src/history/recorder.ts';
import { agentRequestMessage, pingMessage } from '../src/protocol/requests.ts';
import { eventText } from './frames.ts';
import { planFor } from './fleet-plan.ts';

const ENTRIES_PER_CONNECTION = 1000;

/** Builds one history of about `entries` entries, judges it by every check, and parses its frames once. Prints JSON. */
const { entries }: { readonly entries: number } = JSON.parse(process.argv[2] ?? '{}');
let nowMs = 0;
let ids = 0;
const recorder = createRecorder({ clock: () => (nowMs += 1), redact: createRedactor(['a-secret-of-some-length']) });
for (let number = 0; recorder.history.length < entries; number += 1)
  live(recorder, `c${number + 1}`, `u${number}-user`);

const checks = conversationChecks(planFor({ websocketUrl: 'ws://127.0.0.1:1/ws', jwtSecret: 'x'.repeat(32) }, {}));
const perCheck: Record<string, number> = {};
const startMs = cpuMs();
const verdicts = checks.map((check) => {
  const beganMs = cpuMs();
  const verdict = check(recorder.history);
  perCheck[verdict.check] = cpuMs() - beganMs;
  return verdict;
});
const judgingMs = cpuMs() - startMs;
const texts = recorder.history.flatMap((entry) =>
  entry.kind === 'received' || entry.kind === 'sent' ? [entry.text] : [],
);
const parseStartMs = cpuMs();
let parsed = 0;
for (const text of texts) if (typeof JSON.parse(text) === 'object') parsed += 1;
const parsingMs = cpuMs() - parseStartMs;
const all = verdicts.every(({ holds }) => holds === true);
const bad = verdicts.flatMap((verdict) => (verdict.holds === true ? [] : [verdict.because]));
process.stdout.write(`${JSON.stringify({ judgingMs, parsingMs, parsed, perCheck, all, bad })}\n`);

function live({ record, recordText, history }: Recorder, name: string, user: string): void {
  const text = (direction: 'sent' | 'received', message: object | string): void => {
    const frame = typeof message === 'string' ? message : JSON.stringify(message);
    recordText(name, direction, frame, frame.length);
  };
  const begin = history.length;
  const request = { url: 'ws://127.0.0.1:1/ws', headers: {}, offered: [], user, credential: 'valid' };
  record(name, { kind: 'handshake-request', ...request });
  record(name, { kind: 'handshake-answer', status: 101, headers: {} });
  record(name, { kind: 'opened', subprotocol: '', localPort: 1 });
  text('received', { type: 'connection_established', timestamp: 1, data: { user_id: user, mode: 'main' } });
  const ping = pingMessage(`ping-${(ids += 1)}`, 1_760_000_000_000);
  text('sent', ping);
  text('received', { type: 'pong', timestamp: 1_760_000_000, original_timestamp: 1_760_000_000_000 });
  while (history.length - begin < ENTRIES_PER_CONNECTION - 9) {
    const id = `${(ids += 1)}`.padStart(12, '0');
    const thread = `thread-${id}`;
    text(
      'sent',
      agentRequestMessage({ prompt: `Where? (nonce-${id})`, thread, message: id, run: `run-${id}`, nowMs: 1 }),
    );
    for (const [position, event] of AGENT_EVENTS.entries())
      text('received', eventText(event, thread, user, ids * 10 + position));
    record(name, { kind: 'quiet', forMs: 100 });
  }
  record(name, { kind: 'closed', code: 1000, reason: '', by: 'us' });
}

/** Processor time of this process, garbage collection included. */
function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
