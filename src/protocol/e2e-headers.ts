/** The environment that the E2E headers name; the backend knows `staging` and `test` (protocol notes §4.2). */
export const E2E_ENVIRONMENT = 'staging';

/** What the E2E headers say about the run that sends them. */
export interface E2eHeaderValues {
  /** Name of the environment, such as `staging`. */
  readonly environment: string;
  /** One value per run of the harness. */
  readonly session: string;
  readonly userId: string;
}

/**
 * The headers that mark traffic of this harness, with the names and values that the backend knows
 * (protocol notes §4.1). They carry no secret.
 */
export function e2eHeaders({ environment, session, userId }: E2eHeaderValues): Readonly<Record<string, string>> {
  return {
    'User-Agent': 'Netra-E2E-Tests/1.0',
    'X-Test-Type': 'E2E',
    'X-Test-Environment': environment,
    'X-E2E-Test': 'true',
    'X-Test-Mode': 'true',
    'X-Test-Session': session,
    'X-Staging-E2E': 'true',
    'X-Test-Priority': 'high',
    'X-Auth-Fast-Path': 'enabled',
    'X-User-ID': userId,
  };
}

/** Names of the headers above, in lower case, as an HTTP server sees them. */
export const E2E_HEADER_NAMES: readonly string[] = Object.keys(
  e2eHeaders({ environment: '', session: '', userId: '' }),
).map((name) => name.toLowerCase());
