import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Attachment, TestResult } from 'allure-js-commons';
import { LabelName, Stage, Status } from 'allure-js-commons';
import { FileSystemWriter, createTestResult, md5, randomUuid } from 'allure-js-commons/sdk/reporter';
import { z } from 'zod';
import { SettingsError, loadSettings } from '../../env/settings.ts';
import { onOneLine } from '../history/visible-text.ts';
import { csvOf } from '../report/csv.ts';
import { NOT_FIT } from '../report/cause-block.ts';
import { OPENING } from '../report/explain.ts';
import { latencyMetrics, summarize } from './metrics.ts';
import { ownerOf } from '../checks/blame.ts';
import type { TestVerdicts } from './test-verdicts.ts';
import { gitHead } from './verdicts-reporter.ts';

/** What is known of a run at its end. Times are epoch milliseconds. */
export interface RunSummary {
  readonly startMs: number;
  readonly stopMs: number;
  readonly problems: readonly string[];
  /** The block that ends the run, line by line. */
  readonly block: readonly string[];
  readonly environments: readonly string[];
  readonly builds: ReadonlyMap<string, string>;
  readonly tests: readonly TestVerdicts[];
}

/** Writes to Allure's results what concerns the run as a whole: a test of its own, the environment, the latencies. */
export function writeRun(resultsDir: string, run: RunSummary): void {
  mkdirSync(resultsDir, { recursive: true });
  const writer = new FileSystemWriter({ resultsDir });
  const attachments = run.environments.flatMap((environment) => writeSettings(resultsDir, environment));
  writer.writeResult(runResult({ ...run, attachments }));
  writer.writeEnvironmentInfo({ ...factsOfRun(run.environments, run.builds) });
  const latencies = summarize(run.tests.flatMap((test) => test.latencies ?? []));
  const metrics = latencyMetrics(latencies, run.startMs, run.stopMs);
  if (metrics.length > 0) writeFileSync(join(resultsDir, 'latencies-perf.json'), JSON.stringify(metrics));
}

/** Settings as CSV, which the report draws as a table; nothing when they are not valid. */
function writeSettings(resultsDir: string, environment: string): readonly Attachment[] {
  const source = `settings-${environment}-attachment.csv`;
  const settings = Object.entries(settingsOf(environment));
  if (settings.length === 0) return [];
  writeFileSync(join(resultsDir, source), csvOf([['setting', 'value'], ...settings]));
  return [{ name: `settings of ${environment}`, source, type: 'text/csv' }];
}

/** The name of the test that stands for the run itself. */
export const RUN_TEST = 'starts, loads every spec, and judges';

/** When the run began and ended, in epoch milliseconds, and what went wrong outside its tests. */
export interface RunOutcome {
  readonly startMs: number;
  readonly stopMs: number;
  readonly problems: readonly string[];
  readonly block: readonly string[];
  readonly attachments: readonly Attachment[];
}

/**
 * The run itself as an Allure test. Without it a run that breaks before its first test would leave an empty report. It is
 * there in good runs too, so that its history shows when it broke and when it was repaired.
 */
export function runResult({ startMs, stopMs, problems, block, attachments }: RunOutcome): TestResult {
  const fullName = 'run › itself';
  const broke = problems.length > 0;
  const [headline = ''] = block;
  const isRed = broke || headline.startsWith(NOT_FIT);
  return {
    ...createTestResult(randomUuid(), md5(`${fullName}:`)),
    name: RUN_TEST,
    fullName,
    testCaseId: md5(fullName),
    titlePath: ['run'],
    status: isRed ? Status.FAILED : Status.PASSED,
    stage: Stage.FINISHED,
    start: startMs,
    stop: stopMs,
    attachments: [...attachments],
    ...(block.length > 0 && {
      description: ['```text', ...block.map((line) => line.replaceAll('```', "'''")), '```'].join('\n'),
    }),
    ...(isRed && { statusDetails: { message: broke ? messageOf(problems) : headline } }),
    labels: [
      { name: LabelName.EPIC, value: 'The run itself' },
      { name: LabelName.FEATURE, value: 'Run' },
      { name: LabelName.STORY, value: 'Settings are valid, every spec loads, every declared test runs and is judged' },
      { name: LabelName.SEVERITY, value: 'blocker' },
      ...(broke
        ? [
            { name: 'blame', value: 'harness' },
            { name: 'phase', value: 'setup' },
            { name: 'finding', value: 'run-broken' },
            { name: LabelName.OWNER, value: ownerOf('harness') },
          ]
        : []),
    ],
  };
}

function messageOf(problems: readonly string[]): string {
  const headline = `${OPENING.unknown} run [run-broken] in phase setup, blame harness: the run itself did not go as it should`;
  return [headline, ...problems].join('\n\n');
}

/** Name and value, as the report shows them. */
export type Facts = Readonly<Record<string, string>>;

/** The effective settings of an environment, for a table; none when they are not valid. Holds no secret. */
export function settingsOf(environment: string): Facts {
  try {
    return loadSettings(environment).described;
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    return {};
  }
}

/** What a run was made with and against. `builds`: what the health endpoint of each environment says of its build. */
export function factsOfRun(environments: readonly string[], builds: ReadonlyMap<string, string>): Facts {
  const only = environments.length === 1;
  const named = environments.flatMap((environment) => {
    const facts = Object.entries(factsOfEnvironment(environment, builds.get(environment)));
    return facts.map(([name, value]) => [only ? name : `${environment}: ${name}`, value]);
  });
  return { Harness: gitHead(), Node: process.version, ...Object.fromEntries(named) };
}

function factsOfEnvironment(environment: string, build: string | undefined): Facts {
  try {
    const { target, rehearsal, backendUrl, twin, order, connections } = loadSettings(environment);
    const onTwin = target === 'twin';
    return {
      Project: environment,
      Target: backendUrl ?? 'twin, the embedded backend',
      Rehearsal: rehearsal ? 'yes: the twin stands in for the deployment' : 'no',
      Build: build ?? 'unknown: the health endpoint did not say',
      ...(onTwin && { Profile: twin.profile, Fault: twin.fault === '' ? 'none' : twin.fault }),
      'Order mode': order,
      Connections: `${connections}`,
    };
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    return { Project: environment, Settings: 'not valid: see the test "starts, loads every spec, and judges"' };
  }
}

const PROBE = z.object({ kind: z.literal('probe'), name: z.literal('health'), body: z.string() });
const RECORDING = z.object({ entries: z.array(z.unknown()) });
const HEALTH = z.record(z.string(), z.unknown());

/** Fields of a health answer that name the build, the most useful first (protocol notes §1.2). */
const BUILD_FIELDS = ['revision', 'commit', 'build', 'git_sha', 'image', 'version', 'service', 'environment'];

const LONGEST_BUILD = 200;

/** What the health probe of a saved history says about the build of the deployment; undefined when it says nothing. */
export function buildOf(savedHistory: string): string | undefined {
  const probes = RECORDING.safeParse(parsed(savedHistory)).data?.entries ?? [];
  const health = probes.map((entry) => PROBE.safeParse(entry).data).findLast((probe) => probe !== undefined);
  const body = health === undefined ? undefined : HEALTH.safeParse(parsed(health.body)).data;
  if (body === undefined) return undefined;
  const named = BUILD_FIELDS.flatMap((field) => {
    const value = body[field];
    return typeof value === 'string' || typeof value === 'number' ? [`${field} ${value}`] : [];
  });
  return named.length === 0 ? undefined : onOneLine(named.join(', ')).slice(0, LONGEST_BUILD);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
