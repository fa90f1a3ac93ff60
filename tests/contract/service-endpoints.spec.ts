import { expect, test } from '../../fixtures/index.ts';
import type { EndpointName } from '../../src/checks/index.ts';
import { endpoint } from '../../src/checks/index.ts';
import { verifies } from '../requirements.ts';

const HEALTH: readonly EndpointName[] = ['health', 'api-health', 'readiness', 'websocket-health'];
const CONFIGURATION: readonly EndpointName[] = ['websocket-config', 'discovery', 'mcp-config', 'mcp-servers'];

for (const name of HEALTH) {
  test(
    `says on ${name} that the service is up`,
    { ...verifies('services:health'), tag: '@http' },
    async ({ probe, history }) => {
      await probe.endpoint(name);
      expect(history).toSatisfy(endpoint(name));
    },
  );
}

for (const name of CONFIGURATION) {
  test(
    `serves ${name} in its documented shape`,
    { ...verifies('services:configuration'), tag: '@http' },
    async ({ probe, history }) => {
      await probe.endpoint(name);
      expect(history).toSatisfy(endpoint(name));
    },
  );
}
