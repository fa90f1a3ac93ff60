import { randomHex } from '../behaviour/seeded-random.ts';
import { isoWithZone } from './times.ts';
import { serverMessage } from './server-message.ts';
import type { ConnectionContext } from '../behaviour/context.ts';
import type { Compose } from '../behaviour/plan.ts';

/** What a welcome promises. */
export interface WelcomeLimits {
  /** Seconds. */
  readonly heartbeatIntervalS: number;
  /** Bytes. */
  readonly maxMessageSize: number;
}

/** Makes the welcome of one connection. */
export type WelcomeShape = (context: ConnectionContext) => Compose;

/** Welcome W1: a system message that names the full user (protocol notes §5.4). */
export function systemMessageWelcome(limits: WelcomeLimits, environment = 'staging'): WelcomeShape {
  return ({ connectionId, userId }) =>
    serverMessage('system_message', (epochMs) => ({
      event: 'connection_established',
      connection_id: connectionId,
      user_id: userId,
      server_time: isoWithZone(epochMs),
      connection_ready: true,
      environment,
      startup_complete: true,
      config: { heartbeat_interval: limits.heartbeatIntervalS, max_message_size: limits.maxMessageSize },
      factory_pattern_enabled: true,
    }));
}

/** A connection name such as `ws_edea89a1_1795602691_9546e9e0` (observed). */
export function connectionName(userId: string, epochMs: number, random: () => number): string {
  return `ws_${userId.slice(0, 8)}_${Math.floor(epochMs / 1000)}_${randomHex(random, 8)}`;
}
