import type { HttpRoute } from '../../http/http-exchange.ts';

/** Where the services of the deployment are (protocol notes §1.2). */
export const services: HttpRoute = (_request, { host, epochMs }) => {
  const timestamp = new Date(epochMs()).toISOString();
  const url = `http://${host}`;
  const port = Number(host.split(':')[1]);
  return {
    status: 200,
    body: {
      services: {
        backend: { port, url, api_url: `${url}/api`, ws_url: `ws://${host}/ws`, timestamp, cors_metadata: {} },
        frontend: { port, url, timestamp },
        auth: { port, url, api_url: `${url}/auth`, timestamp },
      },
      timestamp,
      available: true,
    },
  };
};

/** How an MCP client is configured. */
export const mcpConfig: HttpRoute = (_request, { host }) => ({
  status: 200,
  body: {
    claude: {},
    cursor: {},
    mcp: {},
    http: { endpoint: `http://${host}/api/mcp`, transport: 'http', authentication: 'Bearer token' },
    websocket: {
      endpoint: `ws://${host}/api/mcp/ws`,
      transport: 'websocket',
      authentication: 'Query parameter: api_key',
    },
  },
});

/** Which MCP servers are connected. */
export const mcpServers: HttpRoute = () => ({
  status: 200,
  body: {
    data: [
      {
        name: 'netra-mcp',
        status: 'connected',
        version: '1.0.0',
        capabilities: ['tools', 'resources', 'prompts'],
        description: 'Optimisation tools',
      },
    ],
    status: 'success',
  },
});
