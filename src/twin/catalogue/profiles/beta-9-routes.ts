import type { HttpContext, HttpRoute } from '../../http/http-exchange.ts';
import { mcpConfig, mcpServers, services } from './discovery-routes.ts';
import { createThread, exchangeToken, threads } from './token-routes.ts';

/** The HTTP endpoints of beta-9 that a test of the WebSocket needs (protocol notes §1.2). */
export const BETA_9_ROUTES: Readonly<Record<string, HttpRoute>> = {
  'GET /health': (_request, context) => ({
    status: 200,
    body: {
      status: 'healthy',
      service: 'netra-ai-platform',
      version: '1.0.0',
      revision: `twin-${context.profileName}`,
      timestamp: context.epochMs() / 1000,
    },
  }),
  'GET /health/ready': (_request, context) => ({
    status: 200,
    body: {
      status: 'ready',
      service: 'netra-ai-platform',
      timestamp: context.epochMs() / 1000,
      environment: 'staging',
      core_db: 'connected',
      clickhouse_db: 'connected',
      redis_db: 'connected',
      websocket_readiness: { websocket_ready: true },
      details: {},
    },
  }),
  'GET /api/health': (_request, context) => ({
    status: 200,
    body: {
      status: 'healthy',
      timestamp: isoNow(context),
      uptime_seconds: context.uptimeMs() / 1000,
      checks: { postgres: true, redis: true, clickhouse: true },
      version: '1.0.0',
      environment: 'staging',
    },
  }),
  'GET /ws/health': (_request, context) => ({ status: 200, body: websocketHealth(context) }),
  'GET /ws/config': (_request, context) => ({ status: 200, body: websocketConfig(context) }),
  'GET /api/discovery/services': services,
  'GET /api/mcp/config': mcpConfig,
  'GET /api/mcp/servers': mcpServers,
  'GET /api/threads': threads,
  'POST /api/threads': createThread,
  'GET /auth/health': (_request, context) => ({
    status: 200,
    body: { status: 'healthy', service: 'auth-service', version: '1.0.0', timestamp: isoNow(context) },
  }),
  'POST /auth/e2e/test-auth': exchangeToken,
};

function websocketHealth(context: HttpContext): Readonly<Record<string, unknown>> {
  const open = context.openConnections();
  return {
    status: 'healthy',
    service: 'websocket',
    version: '1.0.0',
    timestamp: isoNow(context),
    environment: 'staging',
    metrics: {
      websocket: { active_connections: open, total_connections: open, messages_processed: 0, error_rate: 0 },
      authentication: { success_rate: 1, rate_limited_requests: 0 },
      monitoring: { monitored_connections: open, healthy_connections: open },
    },
    config: { max_connections_per_user: 3, heartbeat_interval: 20, pre_connection_auth_required: true },
    e2e_testing: { enabled: false, variables: {}, auth_bypass_active: false },
  };
}

function websocketConfig(context: HttpContext): Readonly<Record<string, unknown>> {
  return {
    websocket: {
      endpoint: '/ws',
      version: '1.0.0',
      authentication: 'jwt_required',
      supported_auth_methods: ['header', 'subprotocol'],
      features: { heartbeat: true, message_routing: true, json_rpc_support: true, rate_limiting: true },
      limits: {
        max_connections_per_user: 3,
        max_message_rate_per_minute: 100,
        max_message_size_bytes: 8192,
        heartbeat_interval_seconds: 20,
      },
    },
    server: { active_connections: context.openConnections(), uptime_seconds: context.uptimeMs() / 1000 },
    migration: {},
  };
}

function isoNow({ epochMs }: HttpContext): string {
  return new Date(epochMs()).toISOString();
}
