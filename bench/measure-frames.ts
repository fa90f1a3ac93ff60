import { createRecorder } from '../src/history/recorder.ts';
import { createRedactor } from '../src/history/redact.ts';
import { eventText } from './frames.ts';

/** Records `count` frames and measures what each holds, beside its text. Needs --expose-gc. Prints JSON. */
const { count }: { readonly count: number } = JSON.parse(process.argv[2] ?? '{}');
const heap = (): number => {
  globalThis.gc?.();
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
};
/** As from the network: every text is decoded from bytes of its own. */
const textOf = (number: number): string =>
  Buffer.from(eventText('agent_thinking', `thread-${number}`, `user-${number}`, number)).toString('utf8');

const recorder = createRecorder({
  clock: () => performance.now(),
  redact: createRedactor(['a-secret-of-some-length']),
});
const warmUp = createRecorder({ clock: () => performance.now(), redact: (text) => text });
for (let number = 0; number < count; number += 1) warmUp.recordText('c1', 'received', textOf(number), 300);
const emptyBytes = heap();
const texts = Array.from({ length: count }, (_, number) => textOf(number));
const textBytes = (heap() - emptyBytes) / count;
const withTexts = heap();
for (const text of texts) recorder.recordText('c1', 'received', text, Buffer.byteLength(text));
const entryBytes = (heap() - withTexts) / count;
const recorded = recorder.history.length + warmUp.history.length;
process.stdout.write(`${JSON.stringify({ textBytes, entryBytes, recorded, kept: texts.length })}\n`);
