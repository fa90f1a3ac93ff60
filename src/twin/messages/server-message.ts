import type { JsonObject } from '../../protocol/fields.ts';
import type { Compose } from '../behaviour/plan.ts';

/** The server's usual envelope: `data` inside, an epoch in seconds, two fields that are always null (protocol notes §5.4). */
export function serverMessage(type: string, data: (epochMs: number) => JsonObject): Compose {
  return (epochMs) => ({
    type,
    data: data(epochMs),
    timestamp: epochMs / 1000,
    server_id: null,
    correlation_id: null,
  });
}

/** The error of a connection that cannot be set up in mode main (observed on beta-17). */
export function modeError(errorType: string): Compose {
  return serverMessage('error_message', () => ({
    error_code: 'CONNECTION_ERROR',
    error_message: 'Connection error in main mode',
    details: { error_type: errorType, mode: 'main' },
  }));
}

/** The canonical error frame (protocol notes §9.1). */
export function errorMessage(code: string, text: string, details: JsonObject | null = null): Compose {
  return (epochMs) => ({
    type: 'error_message',
    error_code: code,
    error_message: text,
    details,
    timestamp: epochMs / 1000,
    recovery_suggestions: null,
  });
}
