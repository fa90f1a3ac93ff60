import { findingKind } from '../../checks/findings.ts';
import { OPENING } from '../../report/explain.ts';
import type { FleetResult } from './fleet-result.ts';
import type { FindingGroup } from '../observe/group-findings.ts';
import { groupFindings } from '../observe/group-findings.ts';

const MOST_NAMES = 15;

/** Whether everybody was judged and passed. */
export function fleetHolds({ members, expected, unjudged, stopped }: FleetResult): boolean {
  const passed = members.filter(({ outcome }) => outcome === 'passed').length;
  return expected > 0 && passed === expected && unjudged.length === 0 && stopped.length === 0;
}

/** The failure text of a fleet: who failed, grouped by what was found, then who was not judged and why. Empty when it holds. */
export function explainFleet(fleet: FleetResult, where: string): string {
  if (fleetHolds(fleet)) return '';
  const { members, expected, unjudged, stopped } = fleet;
  const failed = members.filter(({ outcome }) => outcome === 'failed').length;
  const unverified = members.filter(({ outcome }) => outcome === 'unverified').length;
  const missing = expected - members.length;
  const opening = failed > 0 ? OPENING.false : OPENING.unknown;
  const passed = members.length - failed - unverified;
  return [
    `${opening} fleet of ${expected} connections: ${passed} passed, ${failed} failed, ${unverified} could not be verified, ${missing} were not judged`,
    ...groupFindings(fleet).map(groupText),
    ...stopped.map((because) => `  Stopped   ${because}`),
    ...unjudged.map(({ because }) => `  Not judged  ${because}`),
    `  See       ${where}`,
  ].join('\n');
}

function groupText({ check, code, blame, certain, members, example }: FindingGroup): string {
  const { phase, means } = findingKind(code);
  const names = members.slice(0, MOST_NAMES).map(({ name }) => name);
  const rest = members.length - names.length;
  return [
    `  ${certain ? 'Violated' : 'Not verified'}  ${check} [${code}] in phase ${phase}, blame ${blame}, ${members.length} connections: ${means}`,
    `            ${names.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`,
    `            first: ${example.because}`,
  ].join('\n');
}
