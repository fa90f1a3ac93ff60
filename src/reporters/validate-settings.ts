import type { FullConfig } from '@playwright/test';
import { loadSettings } from '../../env/settings.ts';
import { SettingsError } from '../../env/settings-error.ts';

/**
 * Playwright's global set-up: reads the settings of every selected environment before any test runs, and stops the run with
 * every problem in one message.
 */
export default function validateSettings({ filteredProjects }: FullConfig): void {
  const environments = new Set(filteredProjects.flatMap(({ metadata }) => environmentOf(metadata)));
  const problems: string[] = [];
  for (const environment of environments) {
    try {
      loadSettings(environment);
    } catch (error) {
      if (!(error instanceof SettingsError)) throw error;
      problems.push(error.message);
    }
  }
  if (problems.length > 0) throw withoutStack(problems.join('\n\n'));
}

function environmentOf(metadata: Readonly<Record<string, unknown>>): readonly string[] {
  return typeof metadata['environment'] === 'string' ? [metadata['environment']] : [];
}

/** The reader has to mend settings, not code: a stack would only hide the message. */
function withoutStack(message: string): Error {
  const error = new Error(message);
  error.stack = message;
  return error;
}
