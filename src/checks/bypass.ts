import { allOf, connectionsOf } from '../history/connections.ts';
import type { History } from '../history/entry.ts';
import { bypassUserOf } from '../history/user.ts';

/** How we know that a deployment accepts anybody. */
export interface Bypass {
  readonly because: string;
  readonly entries: readonly number[];
}

const ADMITTED =
  /"(?:auth_bypass_active|bypass_active|demo_mode(?:_active|_enabled)?)"\s*:\s*true|"(?:current_level|auth_level|level)"\s*:\s*"(?:DEMO|RELAXED|EMERGENCY)"/i;

/**
 * Whether authentication is bypassed: the welcome names the demo or a relaxed user, whole or shortened (observed on beta-14:
 * `demo-use...`), or the deployment says so on `/ws/health` or `/ws/auth/permissiveness` (protocol notes §3.6). A test user of
 * ours who is called like that is none.
 */
export function bypassOf(history: History): Bypass | undefined {
  for (const connection of connectionsOf(history)) {
    const user = bypassUserOf(connection);
    if (user === undefined || connection.welcome === undefined) continue;
    return { because: `the welcome names the bypass user ${user}`, entries: [connection.welcome.index] };
  }
  for (const probe of allOf(history, 'probe')) {
    const admission = probe.body?.match(ADMITTED)?.[0];
    if (admission !== undefined) return { because: `${probe.target} says ${admission}`, entries: [probe.index] };
  }
  return undefined;
}
