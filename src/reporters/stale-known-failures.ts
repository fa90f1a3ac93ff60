import type { Suite } from '@playwright/test/reporter';
import { decideOnKnownFailure } from '../failures/known-failure.ts';

/** The known failures of the selected tests that are expired or unreadable, once each. `today` is a date as in 2026-12-31. */
export function staleKnownFailures(suite: Suite | undefined, today: string): readonly string[] {
  const descriptions = (suite?.allTests() ?? []).flatMap(({ annotations }) =>
    annotations.flatMap(({ type, description }) => (type === 'known-failure' ? [description ?? ''] : [])),
  );
  return [...new Set(descriptions)].flatMap((description) => {
    const decision = decideOnKnownFailure(description, today);
    return decision.expect === 'nothing' ? [decision.because] : [];
  });
}
