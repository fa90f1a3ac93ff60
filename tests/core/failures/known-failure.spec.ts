import { expect, test } from '@playwright/test';
import { decideOnKnownFailure, isTheKnownFailure } from '../../../src/failures/known-failure.ts';
import { closing } from '../../../src/checks/closing.ts';
import { handshake } from '../../../src/checks/handshake.ts';
import { heartbeat } from '../../../src/checks/heartbeat.ts';
import { detailsOf } from '../../../src/report/requirement.ts';
import { BUDGETS } from '../histories/budgets.ts';
import { fakeHistory } from '../histories/fake-history.ts';

const described = detailsOf('x:y', {
  epic: 'E',
  feature: 'F',
  behaviour: 'B',
  source: 'S',
  severity: 'normal',
  knownFailure: { finding: 'pong-missing', because: 'pongs get lost', owner: 'Core team', until: '2026-12-31' },
}).annotation.find(({ type }) => type === 'known-failure')?.description;

test('known failure: is expected until its day', () => {
  expect(decideOnKnownFailure(described, '2026-12-31')).toEqual({ expect: 'a failure', finding: 'pong-missing' });
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

test('known failure: is the known finding alone, and no pass', () => {
  const { history, socket } = fakeHistory();
  const lost = socket('c1').ready().sends({ type: 'ping' }).deadline('pong');
  expect(isTheKnownFailure([heartbeat(BUDGETS)(history)], 'pong-missing')).toBe(true);
  expect(isTheKnownFailure([heartbeat(BUDGETS)(history)], 'pong-late')).toBe(false);
  expect(isTheKnownFailure([handshake()(history)], 'pong-missing')).toBe(false);
  lost.closed(1011);
  expect(isTheKnownFailure([heartbeat(BUDGETS)(history), closing()(history)], 'pong-missing')).toBe(false);
});
