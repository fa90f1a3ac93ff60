import { readFileSync } from 'node:fs';
import type { TestResult } from '@playwright/test/reporter';
import type { Verdict } from '../checks/verdict.ts';
import type { DiagnosisInShort } from '../failures/diagnosis.ts';
import type { Latencies } from '../report/timings.ts';

type Attaching = Pick<TestResult, 'attachments'>;

/** The text that a test attached under a name; undefined when it attached none. */
export function attachedText({ attachments }: Attaching, name: string): string | undefined {
  const attachment = attachments.findLast((candidate) => candidate.name === name);
  return attachment?.path === undefined ? attachment?.body?.toString() : readFileSync(attachment.path, 'utf8');
}

/** The verdicts of a test, as the evidence fixture attached them. */
export function attachedVerdicts(result: Attaching): readonly Verdict[] {
  const verdicts: readonly Verdict[] = JSON.parse(attachedText(result, 'verdicts') ?? '[]');
  return verdicts;
}

/** The latencies of a test, as the evidence fixture attached them. */
export function attachedLatencies(result: Attaching): Latencies | undefined {
  const text = attachedText(result, 'latencies');
  if (text === undefined) return undefined;
  const latencies: Latencies = JSON.parse(text);
  return latencies;
}

/** What a red test looks like, as the evidence fixture attached it. */
export function attachedDiagnosis(result: Attaching): DiagnosisInShort | undefined {
  const text = attachedText(result, 'signature');
  if (text === undefined) return undefined;
  const diagnosis: DiagnosisInShort = JSON.parse(text);
  return diagnosis;
}
