import type { FleetResult } from '../../observe/fleet-result.ts';
import { errorsPanel } from './errors.ts';
import { latencyPanel } from './latency.ts';
import { lagPanel } from './lag.ts';
import { rampPanel } from './ramp.ts';
import { PANEL, heading } from './panel.ts';

/** Four panels as one SVG: latency by percentile, ramp declared and achieved, failures over time, our own delay over time. */
export function fleetPicture(fleet: FleetResult): string {
  const panels = [latencyPanel(fleet), rampPanel(fleet), errorsPanel(fleet), lagPanel(fleet)];
  const width = PANEL.width * 2;
  const height = PANEL.height * 2 + PANEL.top;
  const placed = panels.map((panel, position) => {
    const x = (position % 2) * PANEL.width;
    const y = PANEL.top + Math.floor(position / 2) * PANEL.height;
    return `<g transform="translate(${x} ${y})">${panel}</g>`;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="11">`,
    `<rect width="100%" height="100%" fill="#fff"/>`,
    heading(`Fleet of ${fleet.expected} connections, ${fleet.project}`),
    ...placed,
    '</svg>',
  ].join('\n');
}
