import { monotonicMs } from '../client/connect.ts';
import { secretForms } from '../client/identities/secret-forms.ts';
import { isNotable, sampleLag } from '../client/lag-sampler.ts';
import type { History } from '../history/entry.ts';
import type { Recorder } from '../history/recorder.ts';
import { createRecorder } from '../history/recorder.ts';
import type { Redact } from '../history/redact.ts';
import { createRedactor } from '../history/redact.ts';
import type { PendingAnswer } from '../report/pending-answers.ts';
import { pendingAnswers } from '../report/pending-answers.ts';
import type { Target } from './target.ts';

const LAG_INTERVAL_MS = 20;

/** The recorder of one test. Until it is stopped it also records our own lag and the faults of the twin. */
export interface RunningRecorder {
  readonly recorder: Recorder;
  stop(): void;
}

/** A redactor that knows every secret of a target, in every spelling. */
export function redactorFor({ secrets }: Pick<Target, 'secrets'>): Redact {
  return createRedactor(secretForms(secrets));
}

/** Starts recording; to be called before anything connects. */
export function startRecording({ twin }: Target, redact: Redact): RunningRecorder {
  const recorder = createRecorder({ clock: monotonicMs, redact });
  const stops = [
    sampleLag(LAG_INTERVAL_MS, (sample) => {
      if (isNotable(sample)) recorder.record('', { kind: 'lag', lateMs: sample.lateMs });
    }),
    twin?.onFault(({ name, hit, clientPort, atMs }) => {
      recorder.record(connectionAt(recorder, clientPort), { kind: 'fault', name, hit }, atMs);
    }),
    printLongWaits(recorder.history),
  ];
  return {
    recorder,
    stop() {
      for (const stop of stops) stop?.();
    },
  };
}

/** The connection that was opened from a local port; empty while the upgrade is still under way. */
function connectionAt({ history }: Recorder, port: number | undefined): string {
  return history.findLast((entry) => entry.kind === 'opened' && entry.localPort === port)?.connection ?? '';
}

const PRINT_EVERY_MS = 5000;
/** Less than the interval, so that a wait that begins just after one report is in the next. */
const LONG_WAIT_MS = 3000;
const MOST_LINES = 3;

/** Prints every five seconds what the test waits for, where that takes long. Returns what stops it. */
function printLongWaits(history: History): () => void {
  const timer = setInterval(() => {
    const waits = pendingAnswers(history, monotonicMs(), LONG_WAIT_MS);
    const goals = [...new Set(waits.map(({ what }) => what))];
    const lines = goals.slice(0, MOST_LINES).map((goal) => longWait(waits.filter(({ what }) => what === goal)));
    const rest = goals.length > MOST_LINES ? [`and connections wait for ${goals.length - MOST_LINES} things more`] : [];
    for (const line of [...lines, ...rest]) process.stdout.write(`           ${line}\n`);
  }, PRINT_EVERY_MS).unref();
  return () => clearInterval(timer);
}

/** The longest of several waits for the same, and how many there are. */
function longWait(waits: readonly PendingAnswer[]): string {
  const [longest, ...others] = waits.toSorted((a, b) => b.forMs - a.forMs);
  if (longest === undefined) return '';
  const more = others.length === 0 ? '' : `; so do ${others.length} more`;
  return `${longest.connection} waits for ${longest.what}, ${Math.round(longest.forMs / 1000)} s${more}`;
}
