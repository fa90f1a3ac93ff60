import type { FleetResult } from '../../observe/fleet-result.ts';
import { groupFindings } from '../explain-fleet.ts';
import { panel } from './panel.ts';
import { counted } from './ramp.ts';

const MOST_LINES = 7;

/** Failed connections over time, one line per kind of finding. */
export function errorsPanel(fleet: Pick<FleetResult, 'members'>): string {
  const lines = groupFindings(fleet)
    .slice(0, MOST_LINES)
    .map(({ code, members }) =>
      counted(
        code,
        members.flatMap(({ failedAtMs }) => failedAtMs ?? []),
      ),
    );
  const title = lines.length === 0 ? 'Failures: none' : 'Failures';
  return panel({ title, xLabel: 'seconds', yLabel: 'sockets', lines });
}
