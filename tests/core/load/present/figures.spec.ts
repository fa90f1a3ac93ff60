import { once } from 'node:events';
import { createServer } from 'node:http';
import { expect, test } from '@playwright/test';
import { z } from 'zod';
import { exportMetrics, nightlyFigures } from '../../../../src/load/present/figures.ts';
import { attempts } from '../observations.ts';

const point = z.object({ asDouble: z.number().optional(), asInt: z.number().optional(), count: z.number().optional() });
const metric = z.object({
  name: z.string(),
  gauge: z.object({ dataPoints: z.array(point) }).optional(),
  histogram: z.object({ dataPoints: z.array(point) }).optional(),
});
const EXPORT = z.object({
  resourceMetrics: z.array(z.object({ scopeMetrics: z.array(z.object({ metrics: z.array(metric) })) })),
});

/** A receiver of OTLP over HTTP that keeps what it gets and answers with one status. */
async function receiver(status: number) {
  const received: { readonly path: string; readonly body: string }[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      received.push({ path: request.url ?? '', body: Buffer.concat(chunks).toString('utf8') });
      response.writeHead(status, { 'content-type': 'application/json' }).end('{}');
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return { url: `http://127.0.0.1:${port}`, received, close: () => server.close() };
}

const OBSERVATIONS = attempts(300, [5, 9, 70]);
const RUN = { figures: nightlyFigures(OBSERVATIONS), observations: OBSERVATIONS, about: { project: 'twin' } };

test('the figures of a nightly run are sent to an OpenTelemetry receiver', async () => {
  const { url, received, close } = await receiver(200);
  await exportMetrics(url, RUN);
  close();
  expect(received.map(({ path }) => path)).toEqual(['/v1/metrics']);
  const { resourceMetrics } = EXPORT.parse(JSON.parse(received[0]?.body ?? ''));
  const metrics = resourceMetrics.flatMap(({ scopeMetrics }) => scopeMetrics.flatMap(({ metrics: of }) => of));
  const gauge = (name: string) => metrics.find((each) => each.name === name)?.gauge?.dataPoints[0]?.asDouble;
  expect(gauge('netra.e2e.connections.internal_error_rate')).toBeCloseTo(0.01, 6);
  expect(gauge('netra.e2e.connections.internal_error_rate.upper_bound')).toBeGreaterThan(0.01);
  expect(gauge('netra.e2e.connections.success_rate')).toBeCloseTo(0.99, 6);
  const latency = metrics.find(({ name }) => name === 'netra.e2e.latency')?.histogram;
  expect(latency?.dataPoints.map(({ count }) => count)).toEqual([300, 300, 300]);
});

test('a receiver that does not take the figures is an error', async () => {
  const { url, close } = await receiver(400);
  await expect(exportMetrics(url, RUN)).rejects.toThrow(`${url}/v1/metrics did not take the metrics`);
  close();
});
