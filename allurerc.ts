import { join } from 'node:path';
import { defaultChartsConfig, defineConfig } from 'allure';
import { BLAMES } from './src/checks/blame.ts';
import { LATENCIES } from './src/report/timings.ts';
import { FOLLOWED } from './src/reporters/metrics.ts';
import { ownerOf } from './src/reporters/test-verdicts.ts';

/** Set by `npm run report`, the only command that may append to the history. */
const { REPORTS_FOLDER: reports = 'reports', ALLURE_APPEND_HISTORY: append } = process.env;

/** Red tests by whom they concern, each divided by phase; the labels are set by the listener of the reporter. */
const byBlame = BLAMES.map((blame) => ({
  name: `Blame ${blame}: for the ${ownerOf(blame)}`,
  matchers: { statuses: ['failed', 'broken'] as const, labels: { blame: new RegExp(`^${blame}$`) } },
  groupBy: [{ label: 'phase' }, { label: 'finding' }],
  groupByMessage: false,
  expand: true,
}));

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
  categories: { rules: byBlame },
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
