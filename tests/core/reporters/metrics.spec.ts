import { expect, test } from '@playwright/test';
import { nightlyFigures } from '../../../src/load/present/figures.ts';
import { figureMetrics } from '../../../src/reporters/metrics.ts';
import { attempts } from '../load/observations.ts';

test('figures reach the metrics of the report under the name of their spec, rates in percent', () => {
  const metrics = figureMetrics('soak', nightlyFigures(attempts(300, [5, 9, 70])), 1000, 2000);
  const valueOf = (key: string) => metrics.find((metric) => metric.key === key)?.value;
  expect(valueOf('soak.connections.tried')).toBe(300);
  expect(valueOf('soak.connections.success_rate')).toBe(99);
  expect(valueOf('soak.connections.internal_error_rate')).toBe(1);
  expect(valueOf('soak.connections.internal_error_rate.upper_bound')).toBeCloseTo(2.56, 2);
  expect(metrics.every(({ start, stop }) => start === 1000 && stop === 2000)).toBe(true);
});
