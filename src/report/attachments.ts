import type { Verdict } from '../checks/verdict.ts';
import { allOf, connectionsOf } from '../history/connections.ts';
import type { History } from '../history/entry.ts';
import type { Diagnosis } from '../failures/diagnosis.ts';
import { inShort } from '../failures/diagnosis.ts';
import { settled, symptomsOf } from '../failures/symptoms.ts';
import { diagnosisMarkdown } from './diagnosis-markdown.ts';
import { framesCsv } from './frames-csv.ts';
import { har } from './har.ts';
import { HTTP_EXCHANGE_TYPE, handshakeExchange, probeExchange } from './http-exchange.ts';
import { latenciesOf } from './timings.ts';
import type { RecordingContext, SavedJudgement } from './recording.ts';
import { RECORDING_FORMAT } from './recording.ts';
import { savedHistory } from './saved-history.ts';
import { timeline } from './timeline/timeline.ts';
import { transcript } from './transcript.ts';

/** One file that a test attaches. */
export interface Attachment {
  /** Its title in the report. */
  readonly name: string;
  /** Its name on disk. */
  readonly file: string;
  readonly contentType: string;
  readonly body: string;
}

/** What the evidence of a test is made from. */
export interface EvidenceSource {
  readonly history: History;
  readonly verdicts: readonly Verdict[];
  readonly judged: readonly SavedJudgement[];
  readonly context: RecordingContext;
  readonly diagnosis: Diagnosis | undefined;
}

/** Of many connections or requests, as many are attached as HTTP exchanges; the HAR has all. */
const MOST_EXCHANGES = 4;

/** One file holds at most so many characters: a report must open, whatever a server sent. */
const MOST_CHARACTERS = 16_777_216;

/**
 * Everything that a test attaches, in reading order: pictures and texts first, files for programs last. What is too long is
 * cut, or left out where a part of it could not be read, and says so.
 */
export function evidenceAttachments(source: EvidenceSource): readonly Attachment[] {
  return attachmentsOf(source).map(bounded);
}

/** The same attachment, if it is not too long. JSON that is cut cannot be read, so a sentence stands in its place. */
export function bounded(attachment: Attachment): Attachment {
  const { body, contentType } = attachment;
  if (body.length <= MOST_CHARACTERS) return attachment;
  const said = `${body.length} characters are more than an attachment holds (${MOST_CHARACTERS})`;
  if (contentType.startsWith('text/'))
    return { ...attachment, body: `${body.slice(0, MOST_CHARACTERS)}\n… cut: ${said}\n` };
  return { ...attachment, body: JSON.stringify({ leftOut: said }) };
}

function attachmentsOf({
  history,
  verdicts: found,
  judged,
  context,
  diagnosis,
}: EvidenceSource): readonly Attachment[] {
  const verdicts = settled(history, found);
  const zeroMs = Date.parse(context.clockZero);
  const drawn = timeline({ history, verdicts, budgets: context.budgets, diagnosis });
  const recording = { format: RECORDING_FORMAT, ...context, judged, entries: savedHistory(history) };
  return [
    { name: 'timeline', file: 'timeline.html', contentType: 'text/html', body: drawn },
    ...diagnosisFiles(diagnosis),
    { name: 'transcript', file: 'transcript.txt', contentType: 'text/plain', body: transcript(history, verdicts) },
    { name: 'frames', file: 'frames.csv', contentType: 'text/csv', body: framesCsv(history, verdicts) },
    ...exchanges(history, zeroMs),
    json('verdicts', verdicts),
    json('symptoms', symptomsOf(history, found)),
    json('latencies', latenciesOf(history)),
    { ...json('history', recording), body: JSON.stringify(recording, null, 1) },
    { ...json('har', har(history, zeroMs)), file: 'frames.har' },
  ];
}

/** The diagnosis twice: `diagnosis` for people, `signature` for programs. None when nothing is wrong. */
function diagnosisFiles(diagnosis: Diagnosis | undefined): readonly Attachment[] {
  if (diagnosis === undefined) return [];
  const body = diagnosisMarkdown(diagnosis);
  return [
    { name: 'diagnosis', file: 'diagnosis.md', contentType: 'text/markdown', body },
    json('signature', inShort(diagnosis)),
  ];
}

/** The upgrade requests, refused ones first, and the HTTP requests beside them. */
function exchanges(history: History, zeroMs: number): readonly Attachment[] {
  const refusedFirst = connectionsOf(history).toSorted(
    (a, b) => Number(b.refused !== undefined) - Number(a.refused !== undefined),
  );
  const upgrades = refusedFirst.slice(0, MOST_EXCHANGES).flatMap((connection) => {
    const exchange = handshakeExchange(connection, zeroMs);
    return exchange === undefined ? [] : [{ name: `handshake ${connection.name}`, exchange }];
  });
  const requests = allOf(history, 'probe').flatMap((probe) => {
    const exchange = probeExchange(probe, zeroMs);
    return exchange === undefined ? [] : [{ name: `request ${probe.name}`, exchange }];
  });
  return [...upgrades, ...requests.slice(0, MOST_EXCHANGES)].map(({ name, exchange }, position) => ({
    name,
    file: `exchange-${position + 1}.json`,
    contentType: HTTP_EXCHANGE_TYPE,
    body: JSON.stringify(exchange),
  }));
}

function json(name: string, value: unknown): Attachment {
  return { name, file: `${name}.json`, contentType: 'application/json', body: JSON.stringify(value, null, 2) };
}
