import { z } from 'zod';

const UP = ['healthy', 'ok', 'ready', 'degraded'] as const;

const health = z.looseObject({ status: z.enum(UP) });

/** What a service endpoint must answer (protocol notes §1.2). */
export interface Endpoint {
  readonly path: string;
  readonly shape: z.ZodType;
  /** Statuses other than 200 that say nothing about the service (protocol notes §1.2, readiness middleware). */
  readonly inconclusive?: readonly number[];
}

/** The HTTP endpoints beside the WebSocket, by the name of their probe. */
export const ENDPOINTS = {
  health: { path: '/health', shape: health },
  'api-health': { path: '/api/health', shape: health },
  readiness: { path: '/health/ready', shape: health },
  'websocket-health': { path: '/ws/health', shape: health, inconclusive: [400, 408, 503] },
  'websocket-config': {
    path: '/ws/config',
    shape: z.union([
      z.looseObject({ websocket: z.looseObject({ endpoint: z.string() }) }),
      z.looseObject({ websocket_config: z.looseObject({ heartbeat_interval: z.number() }) }),
    ]),
    inconclusive: [400, 408, 503],
  },
  discovery: {
    path: '/api/discovery/services',
    shape: z.looseObject({ services: z.looseObject({ backend: z.looseObject({}) }) }),
  },
  'mcp-config': {
    path: '/api/mcp/config',
    shape: z.looseObject({}).refine((config) => Object.keys(config).length > 0, 'must not be empty'),
  },
  'mcp-servers': {
    path: '/api/mcp/servers',
    shape: z.union([z.array(z.unknown()), z.looseObject({ data: z.array(z.unknown()) })]),
  },
} as const satisfies Record<string, Endpoint>;

export type EndpointName = keyof typeof ENDPOINTS;
