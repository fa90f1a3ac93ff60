import { expect, test } from '@playwright/test';
import { everyRun, internalErrorRate, successRate } from '../../../../src/load/judge/rates.ts';
import { attempts, found, observed } from '../observations.ts';

const REFUSED = {
  outcome: 'failed',
  signature: 'token-refused, HTTP 403',
  findings: [found('token-refused')],
} as const;

test('300 connections that all succeed show both rates', () => {
  expect(successRate(attempts(300))).toMatchObject({ holds: true });
  expect(internalErrorRate(attempts(300))).toMatchObject({ holds: true });
  expect(internalErrorRate(attempts(300)).because).toContain('0 of 300 (0.0 %; between 0.0 % and 1.0 %)');
});

test('ten good connections are too few to tell', () => {
  const verdict = internalErrorRate(attempts(10));
  expect(verdict).toMatchObject({ holds: 'unknown', findings: [{ code: 'too-few-to-tell' }] });
  expect(verdict.because).toContain('it takes 299 attempts');
});

test('a single 1011 among 300 connections is not green', () => {
  const verdict = internalErrorRate(attempts(300, [17]));
  expect(verdict).toMatchObject({ holds: 'unknown', findings: [{ code: 'too-few-to-tell', entries: [17] }] });
  expect(verdict.because).toContain('closed-before-welcome, close 1011 "Internal error"');
  expect(verdict.because).toContain('it takes 473 attempts');
});

test('a single 1011 is allowed once enough connections succeed', () => {
  expect(internalErrorRate(attempts(473, [17]))).toMatchObject({ holds: true });
});

test('the 1011 rate is violated when even its lower bound breaks the limit', () => {
  const verdict = internalErrorRate(attempts(300, [1, 40, 80, 120, 160, 200, 240]));
  expect(verdict).toMatchObject({ holds: false, findings: [{ code: 'internal-error-rate-high', blame: 'product' }] });
});

test('a success rate is shown, too close to tell, or too low', () => {
  const failing = (count: number) => Array.from({ length: count }, (_, n) => n * 7);
  expect(successRate(attempts(300, failing(8), REFUSED)).holds).toBe(true);
  expect(successRate(attempts(300, failing(15), REFUSED)).holds).toBe('unknown');
  expect(successRate(attempts(300, failing(23), REFUSED))).toMatchObject({
    holds: false,
    findings: [{ code: 'success-rate-low' }],
  });
});

test('an attempt that our own delay may have broken counts neither way', () => {
  const verdict = internalErrorRate([...attempts(300), observed(300, { outcome: 'unverified' })]);
  expect(verdict.holds).toBe(true);
  expect(verdict.because).toContain('1 more say nothing');
  expect(internalErrorRate(attempts(300, [3], { outcome: 'unverified' })).holds).toBe(true);
  expect(internalErrorRate(attempts(300, [3, 4], { outcome: 'unverified' })).holds).toBe('unknown');
});

test('every run must be whole, and enough runs must be tried', () => {
  const whole = { runs: { asked: 1, complete: 1 } };
  const of = (count: number) => Array.from({ length: count }, (_, n) => observed(n, whole));
  expect(everyRun(of(59)).holds).toBe(true);
  expect(everyRun(of(20))).toMatchObject({ holds: 'unknown', findings: [{ code: 'too-few-to-tell' }] });
  const broken = observed(60, { outcome: 'failed', signature: 'event-missing', runs: { asked: 1, complete: 0 } });
  expect(everyRun([...of(59), broken])).toMatchObject({
    holds: false,
    findings: [{ code: 'runs-incomplete', entries: [60] }],
  });
});
