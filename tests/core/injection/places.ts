import type { Verdict } from '../../../src/checks/verdict.ts';
import { causesOf } from '../../../src/failures/causes.ts';
import { diagnose } from '../../../src/failures/diagnosis.ts';
import { symptomsOf } from '../../../src/failures/symptoms.ts';
import { causeBlock } from '../../../src/report/cause-block.ts';
import { evidenceAttachments } from '../../../src/report/attachments.ts';
import { explain } from '../../../src/report/explain.ts';
import { buildOf } from '../../../src/reporters/allure-run.ts';
import { nightlySummary } from '../../../src/reporters/nightly-summary.ts';
import { indented, withoutCommands } from '../../../src/reporters/terminal-text.ts';
import { createStepReporter } from '../../../src/session/step-reporter.ts';
import { connectingTitles, probeTitles } from '../../../src/session/step-titles.ts';
import { connectionNamed } from '../../../src/history/connections.ts';
import type { History } from '../../../src/history/entry.ts';
import { BUDGETS } from '../histories/budgets.ts';
import { endedTest } from '../reporters/recorded-tests.ts';
import { hostileHistory } from './hostile-history.ts';

/** How the text of a place is read, which decides what is dangerous in it. */
export type Format = 'lines' | 'one line' | 'html' | 'markdown' | 'csv' | 'json' | 'file name';

/** One text that leaves the harness. */
export interface Place {
  readonly name: string;
  readonly format: Format;
  readonly text: string;
}

const FORMATS: Readonly<Record<string, Format>> = {
  'text/html': 'html',
  'text/markdown': 'markdown',
  'text/csv': 'csv',
  'text/plain': 'lines',
};

/** Every place at which text of a server comes out, filled with the payload. */
export async function placesWith(payload: string): Promise<readonly Place[]> {
  const { history, verdicts } = hostileHistory(payload);
  const diagnosis = diagnose(history, verdicts);
  const failure = explain(verdicts, 'attachment "timeline"', diagnosis);
  const context = { target: 'twin', project: 'twin', test: 'x', clockZero: '2026-01-01T00:00:00.000Z', exemptFrom: [] };
  const attachments = evidenceAttachments({
    history,
    verdicts,
    diagnosis,
    judged: [],
    context: { ...context, order: 'exact', budgets: BUDGETS },
  });
  const block = blockWith(payload, history, verdicts);
  const report = { projects: ['twin'], isFit: false, causes: [], block, problems: [payload], recorded: [] };
  const red = endedTest({ status: 'failed', outcome: 'failed', verdicts: [], errors: [payload] });
  const health = { kind: 'probe', name: 'health', body: JSON.stringify({ revision: payload }) };
  const build = buildOf(JSON.stringify({ entries: [health] })) ?? '';
  return [
    { name: 'failure text', format: 'lines', text: failure },
    { name: 'terminal, a verdict', format: 'lines', text: indented(failure) },
    { name: 'terminal, another error', format: 'lines', text: indented(`Error: ${payload}\n${payload}`) },
    { name: 'block of causes', format: 'lines', text: withoutCommands(block.join('\n')) },
    ...(await stepsWith(payload)),
    { name: 'environment of Allure', format: 'one line', text: build },
    { name: 'summary of a nightly', format: 'markdown', text: nightlySummary({ ...report, tests: [red] }) },
    ...attachments.flatMap(({ name, file, contentType, body }): readonly Place[] => [
      { name: `attachment ${name}`, format: FORMATS[contentType] ?? 'json', text: body },
      { name: `name of the attachment ${name}`, format: 'one line', text: name },
      { name: `file of the attachment ${name}`, format: 'file name', text: file },
    ]),
  ];
}

/** The block that ends a run of two tests: one that was judged, and one that ended with the payload as its error. */
function blockWith(payload: string, history: History, verdicts: readonly Verdict[]): readonly string[] {
  const judged = { title: 'x', place: 'x.spec.ts:1', isRed: true, verdicts, symptoms: symptomsOf(history, verdicts) };
  const broken = { title: 'y', place: 'y.spec.ts:1', isRed: true, verdicts: [], errors: [payload] };
  const causes = causesOf([{ ...judged, errors: [] }, broken]);
  const run = { causes, tests: 2, red: 2, interrupted: 0, notRun: 0, errors: [payload], works: [] };
  return causeBlock({ ...run, status: 'failed', durationMs: 1 });
}

/** Titles of steps, which Allure and the terminal show. */
async function stepsWith(payload: string): Promise<readonly Place[]> {
  const { history } = hostileHistory(payload);
  const titles: string[] = [];
  const reporter = createStepReporter((title) => Promise.resolve(void titles.push(title)));
  await reporter.report(
    () => Promise.resolve(),
    () => [...connectingTitles(connectionNamed(history, 'c1')), ...probeTitles(history)],
  );
  return titles.map((text, position) => ({ name: `step ${position + 1}`, format: 'one line', text }));
}
