import type { EChartsCoreOption } from 'echarts/core';

/** One picture: the name of its attachment, what the library draws, and how large it is, in pixels. */
export interface Chart {
  readonly name: string;
  readonly option: EChartsCoreOption;
  /** Default: 900 by 420. */
  readonly size?: { readonly width: number; readonly height: number };
}

const SIZE = { width: 900, height: 420 };
const INK = '#24292f';
const LINES = '#d0d7de';

/** Light paper by default; on a reader's dark screen ink and paper change places. */
const STYLE = `<style>
@media (prefers-color-scheme: dark) {
  .paper { fill: #0d1117 }
  text[fill="${INK}"] { fill: #e6edf3 }
  path[stroke="${LINES}"], line[stroke="${LINES}"] { stroke: #30363d }
}
</style><rect class="paper" width="100%" height="100%" fill="#ffffff"/>`;

/** Draws a chart as SVG, without a browser. The library is loaded when the first chart is drawn. */
export async function drawChart({ option, size = SIZE }: Chart): Promise<string> {
  const { init } = await library();
  const chart = init(null, theme(), { renderer: 'svg', ssr: true, ...size });
  chart.setOption(option);
  const svg = chart.renderToSVGString();
  chart.dispose();
  return svg.replace(/(<svg[^>]*>)/, `$1${STYLE}`);
}

async function library() {
  const [core, charts, components, renderers] = await Promise.all([
    import('echarts/core'),
    import('echarts/charts'),
    import('echarts/components'),
    import('echarts/renderers'),
  ]);
  core.use([
    charts.BarChart,
    charts.LineChart,
    charts.ScatterChart,
    components.GridComponent,
    components.LegendComponent,
    components.TitleComponent,
    renderers.SVGRenderer,
  ]);
  return core;
}

function theme(): object {
  const ink = { textStyle: { color: INK } };
  const axis = {
    axisLabel: { color: INK },
    nameTextStyle: { color: INK },
    axisLine: { lineStyle: { color: LINES } },
    splitLine: { lineStyle: { color: LINES } },
  };
  return {
    backgroundColor: 'transparent',
    title: ink,
    legend: ink,
    categoryAxis: axis,
    valueAxis: axis,
    logAxis: axis,
  };
}
