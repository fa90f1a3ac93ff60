import type { KnownFailure } from '../failures/known-failure.ts';
import { describeKnownFailure } from '../failures/known-failure.ts';

/** One promise of the product. */
export interface Requirement {
  readonly epic: string;
  readonly feature: string;
  /** The promise in one sentence; the report's story. */
  readonly behaviour: string;
  /** Where the promise comes from. */
  readonly source: string;
  readonly severity: 'blocker' | 'critical' | 'normal' | 'minor';
  readonly knownFailure?: KnownFailure;
  /** The quick looks that its tests belong to, such as `@security`: `--grep @security`. */
  readonly looks?: readonly `@${string}`[];
}

/** Playwright's static details of a test. */
export interface Details {
  readonly annotation: { type: string; description: string }[];
  readonly tag: `@${string}`[];
}

/**
 * The static annotations of a test that verifies a requirement. Static, because then tests that never start carry them
 * too; `tms` is what Allure turns into the link to the requirement.
 */
export function detailsOf(
  id: string,
  { epic, feature, behaviour, severity, knownFailure, looks = [] }: Requirement,
): Details {
  const annotation = [
    { type: 'tms', description: id },
    { type: '@allure.label.epic', description: epic },
    { type: '@allure.label.feature', description: feature },
    { type: '@allure.label.story', description: behaviour },
    { type: '@allure.label.severity', description: severity },
  ];
  if (knownFailure !== undefined) {
    annotation.push({ type: 'known-failure', description: describeKnownFailure(knownFailure) });
  }
  return { annotation, tag: [...looks] };
}
