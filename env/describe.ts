import { foundIn } from './reading.ts';
import type { Reading } from './reading.ts';
import { VARIABLE_NAMES, aboutVariable } from './variables.ts';
import type { VariableName } from './variables.ts';
import type { TokenSource } from './token-source.ts';

/** The effective settings for the report, name → value. Secrets are `(set)` or `(not set)`; what has no effect says why. */
export function describe(reading: Reading, tokenSource: TokenSource): Readonly<Record<string, string>> {
  return Object.fromEntries(VARIABLE_NAMES.map((name) => [name, shown(reading, tokenSource, name)]));
}

function shown(reading: Reading, tokenSource: TokenSource, name: VariableName): string {
  return unused(reading, tokenSource, name) ?? plain(reading, name);
}

function plain(reading: Reading, name: VariableName): string {
  const found = foundIn(reading, name);
  if (aboutVariable(name).secret === true) return found === undefined ? '(not set)' : '(set)';
  return found?.value ?? aboutVariable(name).default ?? derived(reading, name) ?? '(not set)';
}

function derived({ values }: Reading, name: VariableName): string | undefined {
  if (name !== 'WEBSOCKET_URL' || values.BACKEND_URL === undefined) return undefined;
  return websocketOf(values.BACKEND_URL);
}

/** The WebSocket that belongs to a backend: `https://host` → `wss://host/ws` (protocol notes §1.1). */
export function websocketOf(backendUrl: string): string {
  return `${backendUrl.replace(/^http/, 'ws')}/ws`;
}

function unused(reading: Reading, tokenSource: TokenSource, name: VariableName): string | undefined {
  const onTwin = reading.values.BACKEND_URL === 'twin';
  if (onTwin && (name === 'WEBSOCKET_URL' || name === 'AUTH_URL')) return '(not used: the twin has its own)';
  if (onTwin && foundIn(reading, name) !== undefined && (name === 'JWT_SECRET' || name === 'ACCESS_TOKEN')) {
    return '(set, not used: the twin mints with its own secret)';
  }
  if (!onTwin && aboutVariable(name).twinOnly === true) return '(not used: the target is remote)';
  if (name === 'TEST_USERS' && tokenSource.kind === 'exchange')
    return '(not used: each exchanged token names its user)';
  if (name === 'TEST_USERS' && tokenSource.kind === 'given') {
    const tokens = tokenSource.tokens.length;
    return `(not used: each given token names its user; ${tokens} for ${reading.values.CONNECTIONS} connections)`;
  }
  return undefined;
}
