import { PHASES } from '../../checks/blame.ts';
import { findingKind } from '../../checks/findings.ts';
import type { Finding } from '../../checks/verdict.ts';
import type { Connection } from '../../history/connections.ts';

/**
 * Names a failure such that equal failures have equal names: the code of the earliest phase, and how the connection
 * ended. Holds no time, no id and no user.
 */
export function failureSignature(connection: Connection, findings: readonly Finding[]): string {
  const [first] = findings.toSorted((one, other) => phaseOf(one) - phaseOf(other));
  return [first?.code ?? 'unknown', ...endOf(connection)].join(', ');
}

function phaseOf({ code }: Finding): number {
  return PHASES.indexOf(findingKind(code).phase);
}

function endOf({ answer, closed, refused }: Connection): readonly string[] {
  if (closed?.by === 'them') return [`close ${closed.code}${closed.reason === '' ? '' : ` "${closed.reason}"`}`];
  if (answer !== undefined && answer.status !== 101) return [`HTTP ${answer.status}`];
  return refused?.code === undefined ? [] : [refused.code];
}
