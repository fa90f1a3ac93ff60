import { expect, test } from '@playwright/test';
import { welcome } from '../../../src/checks/welcome.ts';
import { BUDGETS } from './codes.ts';
import type { FakeConnection } from '../histories/fake-history.ts';
import { fakeHistory } from '../histories/fake-history.ts';

/** The accepted upgrade is entry 1, the welcome entry 2. */
const TALES: Readonly<Record<string, readonly [Record<string, unknown>, (c1: FakeConnection) => void]>> = {
  'that names another user is told with both': [
    {
      findings: [
        {
          code: 'welcome-wrong-user',
          expected: 'user anna',
          found: 'user bert',
          because: 'the token is for anna, the welcome names bert',
          entries: [2],
          connection: 'c1',
        },
      ],
    },
    (c1) => c1.welcomed('bert'),
  ],
  'that names no user is noted': [
    {
      holds: true,
      notes: [{ code: 'welcome-names-no-user', because: 'this welcome carries no user id', entries: [2] }],
    },
    (c1) => c1.hears({ type: 'welcome' }),
  ],
  'that names the bypass user proves nothing': [
    {
      holds: 'unknown',
      findings: [
        {
          code: 'auth-bypass-active',
          blame: 'environment',
          found: 'user demo-user-001',
          because: 'the token is for anna, the welcome names the bypass user demo-user-001',
          entries: [2],
          connection: 'c1',
        },
      ],
    },
    (c1) => c1.welcomed('demo-user-001'),
  ],
  'that names the bypass user in short proves nothing': [
    { holds: 'unknown', findings: [{ code: 'auth-bypass-active', found: 'user demo-use...' }] },
    (c1) => c1.welcomed('demo-use...'),
  ],
  'that shortens our own user with one character for the dots is ours': [{ holds: true }, (c1) => c1.welcomed('ann…')],

  'in another mode is told': [
    {
      findings: [
        {
          code: 'welcome-wrong-mode',
          expected: 'mode "main"',
          found: 'mode "legacy"',
          because: 'the welcome says mode "legacy": path, query or User-Agent chose another handler',
          entries: [2],
          connection: 'c1',
        },
      ],
    },
    (c1) => c1.hears({ type: 'connect', data: { mode: 'legacy', user_id: 'anna' } }),
  ],
};

for (const [name, [expected, tell]] of Object.entries(TALES)) {
  test(`welcome: one ${name}`, () => {
    const { history, socket } = fakeHistory();
    tell(socket('c1', 'anna').asks().opens());
    expect(welcome(BUDGETS)(history)).toMatchObject(expected);
  });
}

for (const mode of ['main', 'connection_scoped']) {
  test(`welcome: one in mode ${mode} is right`, () => {
    const { history, socket } = fakeHistory();
    socket('c1', 'anna')
      .asks()
      .opens()
      .hears({ type: 'connect', data: { mode, user_id: 'anna' } });
    expect(welcome(BUDGETS)(history)).toMatchObject({ holds: true });
  });
}

test('welcome: a test user who is called like the demo user is ours', () => {
  const { history, socket } = fakeHistory();
  socket('c1', 'demo-user-of-ours').asks().opens().welcomed('demo-use...');
  expect(welcome(BUDGETS)(history).holds).toBe(true);
});
