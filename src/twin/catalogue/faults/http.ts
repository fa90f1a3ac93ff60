import type { Fault } from '../fault.ts';
import { finds } from './provocation.ts';

/** HTTP endpoints that are down, degraded or wrong (failure notes FM-13, FM-20, FM-72, FM-73). */
export const HTTP_FAULTS: readonly Fault[] = [
  {
    name: 'health-503',
    does: 'Answers GET /health with 503 "Startup in progress".',
    hits: 'GET /health',
    mustFind: [finds('preflight', 'health-failed'), finds('endpoint', 'endpoint-failed', 'environment')],
    diagnosis: 'FM-13',
    http: (answer, { path }) =>
      path === '/health'
        ? {
            status: 503,
            body: {
              status: 'unhealthy',
              message: 'Startup in progress',
              startup_in_progress: true,
              details: { phase: 'database', progress: 40 },
            },
          }
        : answer,
  },
  {
    name: 'health-degraded',
    does: 'Says "degraded" at GET /health, while everything works; a note, no failure.',
    hits: 'GET /health',
    mustFind: [],
    http: (answer, { path }) =>
      path === '/health' ? { ...answer, body: { ...answer.body, status: 'degraded' } } : answer,
  },
  {
    name: 'discovery-empty',
    does: 'Names no service at GET /api/discovery/services.',
    hits: 'GET /api/discovery/services',
    mustFind: [finds('endpoint', 'endpoint-malformed')],
    diagnosis: 'endpoint-wrong',
    http: (answer, { path }) =>
      path === '/api/discovery/services' ? { ...answer, body: { ...answer.body, services: {} } } : answer,
  },
  {
    name: 'mcp-missing',
    does: 'Answers the MCP endpoints with 404.',
    hits: 'GET /api/mcp/config and GET /api/mcp/servers',
    mustFind: [finds('endpoint', 'endpoint-failed')],
    diagnosis: 'endpoint-wrong',
    http: (answer, { path }) =>
      path.startsWith('/api/mcp/') ? { status: 404, body: { detail: 'Not Found' } } : answer,
  },
  {
    name: 'forget-made-thread',
    does: 'Makes a thread over HTTP and forgets it: its runs get a new thread.',
    hits: 'POST /api/threads',
    mustFind: [finds('known-thread', 'known-thread-replaced')],
    diagnosis: 'known-thread-replaced',
    http: (answer, { method, path }) =>
      method === 'POST' && path === '/api/threads' ? { ...answer, body: { id: 'thread_0123456789abcdef' } } : answer,
  },
  {
    name: 'exchange-rejected',
    does: 'Rejects the E2E bypass key at the token endpoint.',
    hits: 'POST /auth/e2e/test-auth',
    tokens: 'exchanged',
    mustFind: [finds('preflight', 'token-unavailable'), finds('handshake', 'token-unavailable')],
    diagnosis: 'FM-20',
    http: (answer, { path }) =>
      path === '/auth/e2e/test-auth' ? { status: 401, body: { detail: 'Invalid E2E bypass key' } } : answer,
  },
];
