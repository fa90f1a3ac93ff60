import type { Blame } from '../../../checks/blame.ts';
import { findingKind } from '../../../checks/findings.ts';
import type { ViolationCode } from '../../../checks/findings.ts';
import type { ExpectedFinding } from '../fault.ts';

/** One finding that a fault must provoke; the blame is that of the code, unless the evidence says otherwise. */
export function finds(check: string, code: ViolationCode, blame: Blame = findingKind(code).blame): ExpectedFinding {
  return { check, code, blame };
}
