const LEAST = [20, 19] as const;

/**
 * Throws, without a stack, when this version of Node is too old. Called while the configuration loads, before the reporters
 * do: their imports would fail with a message about something else.
 */
export function requireNode(version: string = process.versions.node): void {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > LEAST[0] || (major === LEAST[0] && minor >= LEAST[1])) return;
  const error = new Error(
    `This suite needs Node ${LEAST.join('.')} or later, and runs on Node ${version}. Install a later one.`,
  );
  error.stack = error.message;
  throw error;
}
