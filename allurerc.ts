import { join } from 'node:path';
import { defaultChartsConfig, defineConfig } from 'allure';
import { OWNERS, ownerOf } from './src/checks/blame.ts';
import { sentenceOf } from './src/report/cause-block.ts';
import { LATENCIES } from './src/report/timings.ts';
import { FOLLOWED } from './src/reporters/metrics.ts';
import { readRun } from './src/reporters/verdicts-reporter.ts';

/** Set by `npm run report`, the only command that may append to the history. */
const { REPORTS_FOLDER: reports = 'reports', ALLURE_APPEND_HISTORY: append } = process.env;

const causes = readRun(join(reports, 'verdicts.json'))?.causes ?? [];

const RED = ['failed', 'broken'] as const;

/**
 * One category for each cause of the last run, the most serious first, and below it one for tests that only follow from it.
 * The listener of the reporter labels every red test with its own failure.
 */
const byCause = causes.flatMap(({ id, sentence, severity, owner, folded }, position) => {
  const name = `${position + 1}. ${sentenceOf({ sentence, severity })} (${ownerOf(owner)})`;
  const own = { name, matchers: { statuses: RED, labels: { cause: oneOf([id]) } } };
  const following = {
    name: `Follows from ${position + 1}`,
    matchers: { statuses: RED, labels: { cause: oneOf(folded) } },
  };
  return [own, ...(folded.length === 0 ? [] : [following])].map((category) => ({
    ...category,
    groupBy: [],
    groupByMessage: false,
    expand: true,
  }));
});

/** Red tests that no cause of the last run names, by owner, as when results of several runs are merged. */
const byOwner = OWNERS.map((owner) => ({
  name: `Others: for the ${ownerOf(owner)}`,
  matchers: { statuses: RED, labels: { blame: oneOf([owner]) } },
  groupBy: [{ label: 'phase' }, { label: 'finding' }],
  groupByMessage: false,
  expand: true,
}));

function oneOf(values: readonly string[]): RegExp {
  return new RegExp(`^(?:${values.join('|')})$`);
}

const metrics = LATENCIES.flatMap((latency) =>
  FOLLOWED.map((statistic) => [
    `${latency}.${statistic}`,
    { title: `${latency}, ${statistic}`, unit: 'ms', better: 'lower' as const, group: latency },
  ]),
);

/** Of Allure's own charts those that answer a question of QA; the others need data that one run does not have. */
const CHARTS = [
  'Current status',
  'Status dynamics',
  'Test results by severities',
  'Status transitions',
  'Stability distribution by features',
  'Durations dynamics',
];

export default defineConfig({
  name: 'WebSocket end-to-end',
  output: join(reports, 'allure-report'),
  historyPath: join(reports, 'allure-history', 'history.jsonl'),
  historyLimit: 60,
  appendHistory: append === '1',
  hideLabels: ['host', 'thread', 'framework', 'language', 'package', 'titlePath', 'parentSuite', 'suite', 'subSuite'],
  categories: { rules: [...byCause, ...byOwner] },
  performance: {
    groups: Object.fromEntries(LATENCIES.map((latency, order) => [latency, { title: `${order + 1}. ${latency}` }])),
    metrics: Object.fromEntries(metrics),
  },
  plugins: {
    awesome: {
      options: {
        singleFile: true,
        theme: 'auto',
        reportLanguage: 'en',
        groupBy: ['epic', 'feature', 'story'],
        charts: defaultChartsConfig.filter(({ title }) => CHARTS.includes(title ?? '')),
      },
    },
  },
});
