import type { DoubtCode } from '../../../checks/findings.ts';
import { findingKind } from '../../../checks/findings.ts';
import type { ExpectedFinding } from '../fault.ts';

/** One property that a legitimate variant leaves unverified. */
export function doubts(check: string, code: DoubtCode): ExpectedFinding {
  return { check, code, blame: findingKind(code).blame };
}
