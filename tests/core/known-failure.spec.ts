import { expect, test } from '@playwright/test';
import { decideOnKnownFailure } from '../../fixtures/known-failure.ts';
import { detailsOf } from '../../fixtures/requirement.ts';

const described = detailsOf('x:y', {
  epic: 'E',
  feature: 'F',
  behaviour: 'B',
  source: 'S',
  severity: 'normal',
  knownFailure: { because: 'pongs get lost', owner: 'Core team', until: '2026-12-31' },
}).annotation.find(({ type }) => type === 'known-failure')?.description;

test('known failure: is expected until its day', () => {
  expect(decideOnKnownFailure(described, '2026-12-31')).toEqual({ expect: 'a failure' });
});

test('known failure: is red after its day and names the owner', () => {
  const decision = decideOnKnownFailure(described, '2027-01-01');
  expect(decision).toMatchObject({ expect: 'nothing' });
  expect('because' in decision ? decision.because : '').toContain('expired on 2026-12-31; ask Core team');
});

test('known failure: is red when nobody can read it', () => {
  expect(decideOnKnownFailure('some day', '2026-01-01')).toMatchObject({ expect: 'nothing' });
});

test('known failure: a test without one is expected to pass', () => {
  expect(decideOnKnownFailure(undefined, '2026-01-01')).toEqual({ expect: 'a pass' });
});
