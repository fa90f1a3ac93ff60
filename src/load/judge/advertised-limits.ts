import { parseJson } from '../../checks/endpoint.ts';
import { ADVERTISED_MESSAGE_BYTES } from '../../protocol/bad-input.ts';
import { allOf, connectionsOf } from '../../history/connections.ts';
import type { History } from '../../history/entry.ts';
import type { JsonObject } from '../../protocol/fields.ts';
import { isJsonObject } from '../../protocol/fields.ts';

/** What the service says that it allows. Where it says nothing, what beta-9 says (protocol notes §10). */
export interface AdvertisedLimits {
  readonly connectionsPerUser: number;
  readonly messagesPerMinute: number;
  readonly messageBytes: number;
  /** Absent when it is not advertised. */
  readonly heartbeatMs: number | undefined;
}

const CONNECTIONS_PER_USER = 3;
const MESSAGES_PER_MINUTE = 100;
const DEEPEST = 4;

/** The limits in the answers of `/ws/config` and `/ws/health`, and in the first welcome. */
export function advertisedLimits(history: History): AdvertisedLimits {
  const probes = allOf(history, 'probe').filter(({ name }) => name.startsWith('websocket-'));
  const welcome = connectionsOf(history).find((connection) => connection.welcome !== undefined)?.welcome;
  const said = [...probes.map(({ body }) => body), welcome?.text].map((text) => parseJson(text));
  const advertised = (...names: readonly string[]): number | undefined =>
    said.map((value) => numberIn(value, names, DEEPEST)).find((value) => value !== undefined);
  const heartbeatS = advertised('heartbeat_interval_seconds', 'heartbeat_interval');
  return {
    connectionsPerUser: advertised('max_connections_per_user') ?? CONNECTIONS_PER_USER,
    messagesPerMinute: advertised('max_message_rate_per_minute') ?? MESSAGES_PER_MINUTE,
    messageBytes: advertised('max_message_size_bytes', 'max_message_size') ?? ADVERTISED_MESSAGE_BYTES,
    heartbeatMs: heartbeatS === undefined ? undefined : heartbeatS * 1000,
  };
}

function numberIn(value: unknown, names: readonly string[], depth: number): number | undefined {
  if (!isJsonObject(value) || depth === 0) return undefined;
  return (
    ownNumber(value, names) ??
    Object.values(value)
      .map((inner) => numberIn(inner, names, depth - 1))
      .find(isNumber)
  );
}

function ownNumber(value: JsonObject, names: readonly string[]): number | undefined {
  return names.map((name) => value[name]).find(isNumber);
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}
