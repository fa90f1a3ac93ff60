/** Size of one panel of a picture, and of the space around its plot, in pixels. */
export const PANEL = { width: 480, height: 260, top: 28, left: 56, right: 110, upper: 28, lower: 34 } as const;

/** Colours that are told apart by colour-blind readers as well. */
export const COLOURS = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#56b4e9', '#000000'] as const;

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Line {
  readonly label: string;
  readonly points: readonly Point[];
}

/** What one panel shows. */
export interface Plot {
  readonly title: string;
  readonly xLabel: string;
  readonly yLabel: string;
  readonly lines: readonly Line[];
  /** Text under some places of the x axis; by default its two ends. */
  readonly ticks?: readonly { readonly x: number; readonly label: string }[];
}

/** Draws lines over common axes that begin at zero. */
export function panel({ title, xLabel, yLabel, lines, ticks }: Plot): string {
  const points = lines.flatMap((line) => line.points);
  const most = (of: (point: Point) => number): number =>
    points.reduce((max, point) => Math.max(max, of(point)), 0) || 1;
  const [mostX, mostY] = [most(({ x }) => x), most(({ y }) => y)];
  const [plotWidth, plotHeight] = [PANEL.width - PANEL.left - PANEL.right, PANEL.height - PANEL.upper - PANEL.lower];
  const atX = (x: number): number => PANEL.left + (x / mostX) * plotWidth;
  const atY = (y: number): number => PANEL.upper + plotHeight - (y / mostY) * plotHeight;
  const shown = ticks ?? [
    { x: 0, label: '0' },
    { x: mostX, label: rounded(mostX) },
  ];
  return [
    text(PANEL.left, 16, title, 'font-weight="bold"'),
    `<path d="M${PANEL.left} ${PANEL.upper}V${PANEL.upper + plotHeight}H${PANEL.left + plotWidth}" fill="none" stroke="#888"/>`,
    text(PANEL.left - 4, PANEL.upper + 4, rounded(mostY), 'text-anchor="end"'),
    text(PANEL.left - 4, PANEL.upper + plotHeight, '0', 'text-anchor="end"'),
    text(4, PANEL.upper + plotHeight / 2, yLabel),
    ...shown.map(({ x, label }) => text(atX(x), PANEL.upper + plotHeight + 13, label, 'text-anchor="middle"')),
    text(PANEL.left + plotWidth / 2, PANEL.height - 6, xLabel, 'text-anchor="middle"'),
    ...lines.map((line, position) => drawn(line, position, atX, atY)),
  ].join('\n');
}

function drawn(
  { label, points }: Line,
  position: number,
  atX: (x: number) => number,
  atY: (y: number) => number,
): string {
  const colour = COLOURS[position % COLOURS.length];
  const path = points.map(({ x, y }) => `${atX(x).toFixed(1)},${atY(y).toFixed(1)}`).join(' ');
  const legendY = PANEL.upper + 12 + position * 14;
  return [
    `<polyline points="${path}" fill="none" stroke="${colour}" stroke-width="1.5"/>`,
    text(PANEL.width - PANEL.right + 8, legendY, label, `fill="${colour}"`),
  ].join('');
}

/** The title of the whole picture. */
export function heading(title: string): string {
  return text(PANEL.left, 20, title, 'font-weight="bold" font-size="14"');
}

function text(x: number, y: number, content: string, attributes = ''): string {
  const escaped = content.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" ${attributes}>${escaped}</text>`;
}

function rounded(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toPrecision(2);
}
