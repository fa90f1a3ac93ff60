import { expect, test } from '@playwright/test';
import { isRepetition } from '../../../src/checks/findings.ts';
import { findingsOf } from '../../../src/checks/verdict.ts';
import { causesOf, worksIn } from '../../../src/failures/causes.ts';
import type { JudgedTest } from '../../../src/failures/causes.ts';
import { SIGNATURES } from '../../../src/failures/signatures/index.ts';
import { settled, symptomsOf } from '../../../src/failures/symptoms.ts';
import { judged } from './diagnosed-history.ts';
import type { MakeHistory } from './diagnosed-history.ts';
import { HISTORIES } from './histories/index.ts';

/** A test of a run with this history. */
function ran(title: string, make: MakeHistory): JudgedTest {
  const { history, verdicts } = judged(make);
  const told = verdicts.filter(
    (verdict) => verdict.holds !== 'unknown' || verdict.findings.some(({ code }) => code !== 'not-asked'),
  );
  return {
    title,
    place: `tests/contract/${title}.spec.ts:1`,
    isRed: told.some(({ holds }) => holds !== true),
    verdicts: told,
    symptoms: symptomsOf(history, told),
    errors: [],
  };
}

const healthy: MakeHistory = (fake) =>
  void fake.socket('c1').ready().runs('r1').fiveEvents('r1').closed(1000, '', 'us');

const closesEarly: MakeHistory = (fake) => {
  for (const name of ['c1', 'c2', 'c3']) fake.socket(name).asks().opens().closed(1011, 'Internal error');
};

const repeats: MakeHistory = (fake) => {
  const socket = fake.socket('c1').ready().runs('r1').event('r1', 'agent_started');
  socket.fiveEvents('r1');
};

const leaks: MakeHistory = (fake) => void fake.socket('c1').asks('expired').opens().welcomed();

for (const { id, specificity } of SIGNATURES.filter((signature) => signature.specificity !== 'family')) {
  test(`causes: a run of one test that shows ${id} has it as its first cause (${specificity})`, () => {
    const make = HISTORIES[id];
    if (make === undefined) throw new Error(`Expected a history that shows ${id}, found none.`);
    const ids = causesOf([ran('shows it', make)]).map((cause) => cause.id);
    expect(ids[0]).toBe(id);
  });
}

test('causes: a good run has none', () => {
  expect(causesOf([ran('a', healthy)])).toEqual([]);
});

test('causes: the same failure in many tests is one cause with proportions, a law, and the best evidence', () => {
  const [cause, ...others] = causesOf([ran('good', healthy), ran('first', closesEarly), ran('second', closesEarly)]);
  expect(others).toEqual([]);
  expect(cause).toMatchObject({ id: 'FM-22', owner: 'product', failed: 6, tried: 7, unit: 'opened' });
  expect(cause?.pattern).toBe('each about 10 ms after the upgrade (0 ms apart)');
  expect(cause?.tests).toEqual(['first', 'second']);
  expect(cause?.evidence).toMatchObject({ test: 'first', place: 'tests/contract/first.spec.ts:1', entries: [1, 2] });
});

test('causes: two failures of one run are two causes, the one with more red tests first', () => {
  const ids = causesOf([ran('a', repeats), ran('b', closesEarly), ran('c', repeats)]).map(({ id }) => id);
  expect(ids).toEqual(['FM-57', 'FM-22']);
});

test('causes: a security problem comes first, however few tests show it', () => {
  const [first] = causesOf([ran('a', repeats), ran('b', repeats), ran('c', leaks)]);
  expect(first).toMatchObject({ id: 'bad-token-accepted', severity: 'security' });
});

test('causes: a test that only could not be judged is a consequence of the cause', () => {
  const { history, verdicts: all } = judged((fake) => void fake.socket('c1').ready());
  const verdicts = all.filter(({ holds }) => holds === 'unknown');
  const symptoms = symptomsOf(history, verdicts);
  expect(verdicts.flatMap(findingsOf).every(({ code }) => isRepetition(code))).toBe(true);
  const follows = { title: 'follows', place: 'a.spec.ts:1', isRed: true, verdicts, symptoms, errors: [] };
  const [cause, ...others] = causesOf([ran('shows it', closesEarly), follows]);
  expect(others).toEqual([]);
  expect(cause?.consequences).toEqual(['follows']);
});

test('causes: what the run has asked already is no next step', () => {
  const slow: MakeHistory = (fake) => {
    const socket = fake.socket('c1').asks().opens();
    fake.at(5000);
    socket.welcomed();
  };
  const steps = (make: MakeHistory): string => causesOf([ran('a', make)])[0]?.next.join() ?? '';
  expect(steps(slow)).toContain('uptime_seconds');
  const asked: MakeHistory = (fake) => {
    fake.probe({ name: 'health', target: 'GET /health', status: 200, body: '{}' });
    slow(fake);
  };
  expect(steps(asked)).not.toContain('uptime_seconds');
});

test('causes: a test that ends with an error and no verdict blames the harness, in its own words', () => {
  const broken = { title: 'a', place: 'a.spec.ts:1', isRed: true, verdicts: [], errors: ['worker was killed\nstack'] };
  expect(causesOf([broken])).toMatchObject([
    { id: 'without-verdict', owner: 'harness', sentence: expect.stringContaining('worker was killed') },
  ]);
});

test('causes: what works is what held in some test and failed in none', () => {
  expect(worksIn([ran('a', healthy), ran('b', repeats)])).toContain('welcome');
  expect(worksIn([ran('a', healthy), ran('b', repeats)])).not.toContain('agent-run');
});

test('symptoms: every finding blames whom the evidence as a whole blames', () => {
  const make = HISTORIES['FM-07'];
  if (make === undefined) throw new Error('Expected a history that shows FM-07, found none.');
  const { history, verdicts } = judged(make);
  const blames = settled(history, verdicts).flatMap((verdict) => findingsOf(verdict).map(({ blame }) => blame));
  expect(new Set(blames)).toEqual(new Set(['product']));
});
