import type { EChartsCoreOption } from 'echarts/core';
import type { MemorySample } from '../judge/memory.ts';
import type { Observation } from '../observe/observation.ts';
import type { Chart } from './draw-chart.ts';

/** Colours that have contrast on light and on dark paper alike. */
const COLOURS = { good: '#2e8b57', bad: '#d1495b', one: '#3d7ea6', other: '#b8860b', third: '#8e6bbf' } as const;
const BINS = 30;
const AGE_BINS = 20;
const MOST_DOTS = 1000;

/** Rate over time, latency over time and, where connections ended, ends by age. */
export function chartsOf(observations: readonly Observation[]): readonly Chart[] {
  const ends = endsByAge(observations);
  return [rateOverTime(observations), latencyOverTime(observations), ...(ends === undefined ? [] : [ends])];
}

/** Attempts per unit of time: how many succeeded, failed otherwise, and ended with 1011. */
function rateOverTime(observations: readonly Observation[]): Chart {
  const bins = timeBins(observations, BINS);
  const count = (is: (one: Observation) => boolean) => bins.map(({ observations }) => observations.filter(is).length);
  const series = [
    bars(
      'succeeded',
      COLOURS.good,
      count(({ outcome }) => outcome === 'passed'),
    ),
    bars(
      'ended with 1011',
      COLOURS.bad,
      count(({ internalError }) => internalError),
    ),
    bars(
      'failed otherwise',
      COLOURS.other,
      count((one) => one.outcome !== 'passed' && !one.internalError),
    ),
  ];
  const labels = bins.map(({ fromMs }) => (fromMs / 1000).toFixed(1));
  return {
    name: 'rate over time',
    option: byCategory('Attempts over time', labels, 's into the run', 'attempts', series),
  };
}

/** The latencies of the attempts at the time of their upgrade requests; of very many, an even choice. */
function latencyOverTime(observations: readonly Observation[]): Chart {
  const beganMs = observations.reduce((least, { startedAtMs }) => Math.min(least, startedAtMs), Infinity);
  const dots = (name: 'connect' | 'welcome' | 'pong', color: string) => ({
    name,
    type: 'scatter',
    symbolSize: 4,
    itemStyle: { color },
    data: evenChoice(observations).flatMap(({ startedAtMs, latenciesMs }) => {
      const ms = latenciesMs[name];
      return ms === undefined ? [] : [[rounded((startedAtMs - beganMs) / 1000), Math.max(0.1, rounded(ms))]];
    }),
  });
  const series = [dots('connect', COLOURS.one), dots('welcome', COLOURS.other), dots('pong', COLOURS.third)];
  const axes = {
    xAxis: { type: 'value', name: 's into the run' },
    yAxis: { type: 'log', name: 'ms' },
  };
  return { name: 'latency over time', option: { ...frame('Latency over time'), ...axes, series } };
}

/** At which age connections ended that should have stayed open; undefined when none did. */
function endsByAge(observations: readonly Observation[]): Chart | undefined {
  const ages = observations.flatMap(({ endedAfterMs }) => (endedAfterMs === undefined ? [] : [endedAfterMs]));
  if (ages.length === 0) return undefined;
  const width = Math.max(1, ages.reduce((most, age) => Math.max(most, age), 0) / AGE_BINS);
  const counts = Array.from({ length: AGE_BINS + 1 }, (_, bin) => {
    return ages.filter((age) => Math.floor(age / width) === bin).length;
  });
  const labels = counts.map((_, bin) => (bin * width).toFixed(0));
  const series = [bars('ended', COLOURS.bad, counts)];
  const axis = 'ms after the upgrade request';
  return { name: 'ends by age', option: byCategory('Ends by age', labels, axis, 'connections', series) };
}

/** The memory of the harness during a soak. */
export function memoryOverTime(samples: readonly MemorySample[]): Chart {
  const line = (name: string, color: string, valueOf: (sample: MemorySample) => number) => ({
    name,
    type: 'line',
    itemStyle: { color },
    lineStyle: { color },
    data: samples.map((sample) => [rounded(sample.atMs / 1000), rounded(valueOf(sample))]),
  });
  const series = [
    line('heap after a collection', COLOURS.one, ({ heapMb }) => heapMb),
    line('resident', COLOURS.other, ({ residentMb }) => residentMb),
  ];
  const axes = { xAxis: { type: 'value', name: 's into the soak' }, yAxis: { type: 'value', name: 'MB', min: 0 } };
  return { name: 'memory over time', option: { ...frame('Memory of the harness'), ...axes, series } };
}

function byCategory(
  title: string,
  labels: readonly string[],
  xName: string,
  yName: string,
  series: readonly object[],
): EChartsCoreOption {
  return {
    ...frame(title),
    xAxis: { type: 'category', data: [...labels], name: xName },
    yAxis: { type: 'value', name: yName },
    series: [...series],
  };
}

function bars(name: string, color: string, data: readonly number[]): object {
  return { name, type: 'bar', stack: 'all', itemStyle: { color }, data: [...data] };
}

function frame(text: string): EChartsCoreOption {
  return {
    animation: false,
    title: { text, left: 16, top: 8 },
    legend: { top: 36 },
    grid: { left: 64, right: 120, top: 80, bottom: 48 },
  };
}

function evenChoice(observations: readonly Observation[]): readonly Observation[] {
  const every = Math.max(1, Math.ceil(observations.length / MOST_DOTS));
  return observations.filter((_, position) => position % every === 0);
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}

/** The attempts that started in one of several equal parts of the time; `fromMs` counts from the first attempt of all. */
export interface TimeBin {
  readonly fromMs: number;
  readonly observations: readonly Observation[];
}

/** Divides the attempts into at most `most` equal parts of the time, empty ones included. */
export function timeBins(observations: readonly Observation[], most: number): readonly TimeBin[] {
  if (observations.length === 0) return [];
  const starts = observations.map(({ startedAtMs }) => startedAtMs);
  const [beganMs, lastMs] = starts.reduce(
    ([least, greatest], start) => [Math.min(least, start), Math.max(greatest, start)],
    [Infinity, -Infinity],
  );
  const widthMs = Math.max(1, (lastMs - beganMs) / most);
  const bins: Observation[][] = Array.from({ length: most }, () => []);
  for (const observation of observations) {
    const bin = Math.min(most - 1, Math.floor((observation.startedAtMs - beganMs) / widthMs));
    bins[bin]?.push(observation);
  }
  return bins.map((attempts, bin) => ({ fromMs: bin * widthMs, observations: attempts }));
}
