import { readDistribution } from '../observe/distribution.ts';
import type { FleetResult } from '../observe/fleet-result.ts';
import type { LatencyMetric } from '../observe/latency-metrics.ts';
import { TRUSTED_LAG_MS } from '../observe/latency-metrics.ts';
import type { Chart } from './draw-chart.ts';
import { groupFindings } from './explain-fleet.ts';

/** One line of a panel; each point is x and y. */
interface Line {
  readonly name: string;
  readonly points: readonly (readonly [number | string, number])[];
}

/** One of the four panels. */
interface Panel {
  readonly title: string;
  readonly xName: string;
  readonly yName: string;
  /** Labels of the x axis, in order; without them the axis counts seconds. */
  readonly labels?: readonly string[];
  readonly lines: readonly Line[];
}

const SIZE = { width: 1080, height: 720 } as const;
/** Where the panels stand, in pixels: the left column and the right one, the upper row and the lower one. */
const COLUMNS = [56, 596] as const;
const ROWS = [112, 452] as const;
const PLOT = { width: 400, height: 190 } as const;

/** Colours that colour-blind readers can distinguish, on light and on dark paper. */
const COLOURS = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#56b4e9', '#7f7f7f'] as const;

/** Four panels: latency by percentile, ramp declared and achieved, failures over time, our own delay over time. */
export function fleetChart(fleet: FleetResult): Chart {
  const panels = [latencyPanel(fleet), rampPanel(fleet), failuresPanel(fleet), lagPanel(fleet)];
  const places = panels.map((_, position) => placeOf(position));
  const heading = `Fleet of ${fleet.expected} connections, ${fleet.project}`;
  return {
    name: 'fleet picture',
    size: SIZE,
    option: {
      animation: false,
      title: [
        { text: heading, left: 16, top: 8 },
        ...panels.map(({ title }, position) => ({ text: title, textStyle: { fontSize: 14 }, ...titlePlace(position) })),
      ],
      legend: panels.map(({ lines }, position) => ({
        data: lines.map(({ name }) => name),
        icon: 'roundRect',
        itemWidth: 14,
        itemHeight: 4,
        textStyle: { fontSize: 10 },
        ...legendPlace(position),
      })),
      grid: places.map((place) => ({ ...place, ...PLOT })),
      xAxis: panels.map(({ xName, labels }, gridIndex) => ({
        gridIndex,
        name: xName,
        nameLocation: 'middle',
        nameGap: 26,
        ...(labels === undefined
          ? { type: 'value', min: 0 }
          : { type: 'category', data: [...labels], axisLabel: { interval: 0, fontSize: 10 } }),
      })),
      yAxis: panels.map(({ yName }, gridIndex) => ({
        gridIndex,
        type: 'value',
        name: yName,
        nameLocation: 'middle',
        nameGap: 40,
        min: 0,
      })),
      series: panels.flatMap(({ lines }, panel) => lines.map((line, position) => seriesOf(line, panel, position))),
    },
  };
}

function placeOf(position: number): { readonly left: number; readonly top: number } {
  return { left: COLUMNS[position % 2] ?? 0, top: ROWS[Math.floor(position / 2)] ?? 0 };
}

function titlePlace(position: number): { readonly left: number; readonly top: number } {
  const { left, top } = placeOf(position);
  return { left: left - 40, top: top - 66 };
}

function legendPlace(position: number): { readonly left: number; readonly top: number; readonly width: number } {
  const { left, top } = placeOf(position);
  return { left: left - 10, top: top - 44, width: PLOT.width + 40 };
}

function seriesOf({ name, points }: Line, panel: number, position: number): object {
  const color = COLOURS[position % COLOURS.length];
  return {
    name,
    type: 'line',
    xAxisIndex: panel,
    yAxisIndex: panel,
    showSymbol: points.length === 1,
    itemStyle: { color },
    lineStyle: { color, width: 1.5 },
    data: points.map((point) => [...point]),
  };
}

const DRAWN: readonly LatencyMetric[] = ['connect', 'welcome', 'pong', 'first-event', 'run', 'run-from-intended'];
/** Each step to the right leaves out fewer of the connections. */
const PERCENTILES = [0, 50, 75, 90, 95, 99, 99.5, 99.9, 99.95, 99.99] as const;

function latencyPanel({ latencies }: Pick<FleetResult, 'latencies'>): Panel {
  const lines = DRAWN.flatMap((metric) => {
    const text = latencies[metric];
    const values = text === undefined ? undefined : readDistribution(text);
    if (values === undefined || values.count === 0) return [];
    return [
      { name: metric, points: PERCENTILES.map((percentile) => [label(percentile), values.atMs(percentile)] as const) },
    ];
  });
  return { title: 'Latency by percentile', xName: 'percentile', yName: 'ms', labels: PERCENTILES.map(label), lines };
}

function label(percentile: number): string {
  return `p${percentile}`;
}

/** How many connections were meant to be started, were started and were open, over time. */
function rampPanel({ users }: Pick<FleetResult, 'users'>): Panel {
  const lines = [
    counted(
      'declared',
      users.map(({ intendedAtMs }) => intendedAtMs),
    ),
    counted(
      'started',
      users.map(({ startedAtMs }) => startedAtMs),
    ),
    counted(
      'opened',
      users.flatMap(({ openedAtMs }) => openedAtMs ?? []),
    ),
  ];
  return { title: 'Ramp', xName: 'seconds', yName: 'connections', lines };
}

/** Failed connections over time, one line for each of the most frequent kinds of finding. */
function failuresPanel(fleet: Pick<FleetResult, 'users'>): Panel {
  const lines = groupFindings(fleet)
    .slice(0, COLOURS.length)
    .map(({ code, users }) =>
      counted(
        code,
        users.flatMap(({ failedAtMs }) => failedAtMs ?? []),
      ),
    );
  const title = lines.length === 0 ? 'Failures: none' : 'Failures';
  return { title, xName: 'seconds', yName: 'connections', lines };
}

/** Our own worst event-loop delay over time, and how much of it is tolerable. */
function lagPanel({ lagWindows }: Pick<FleetResult, 'lagWindows'>): Panel {
  const points = lagWindows.map(({ atMs, worstMs }) => [atMs / 1000, worstMs] as const);
  const endS = points.reduce((latest, [atS]) => Math.max(latest, atS), 0);
  const lines = [
    { name: 'worst delay', points },
    { name: 'tolerable', points: [[0, TRUSTED_LAG_MS] as const, [endS, TRUSTED_LAG_MS] as const] },
  ];
  return { title: "The harness's own delay", xName: 'seconds', yName: 'ms', lines };
}

const MOST_POINTS = 100;

/** How many of some moments have passed, over time; of very many an even choice, always with the last one. */
function counted(name: string, momentsMs: readonly number[]): Line {
  const sorted = momentsMs.toSorted((a, b) => a - b);
  const every = Math.max(1, Math.ceil(sorted.length / MOST_POINTS));
  const points = sorted.flatMap((ms, position) =>
    position % every === 0 || position === sorted.length - 1 ? [[ms / 1000, position + 1] as const] : [],
  );
  return { name, points };
}
