import { expect, test } from '@playwright/test';
import { judge, judgement } from '../../../src/checks/judgement.ts';

test('judgement: without any evidence it says what was promised, of no connection', () => {
  const because = 'the history holds nothing that this check judges';
  expect(judgement('a check', 'what is promised').verdict('it holds')).toEqual({
    check: 'a check',
    holds: 'unknown',
    because,
    notes: [],
    findings: [
      {
        code: 'not-asked',
        blame: 'harness',
        expected: 'what is promised',
        found: 'no such thing in the history',
        because,
        entries: [],
        connection: '',
      },
    ],
  });
});

const CRASHES: Readonly<Record<string, readonly [Error, string | RegExp]>> = {
  'with a stack gives the stack': [new Error('a slip'), /^the check crashed: Error: a slip ⏎ +at /],
  'without one gives the message': [
    Object.assign(new Error('a slip'), { stack: undefined }),
    'the check crashed: a slip',
  ],
};

for (const [what, [error, because]] of Object.entries(CRASHES)) {
  test(`judgement: a crash ${what}, blames the harness and cites nothing`, () => {
    const verdict = judge(() => {
      throw error;
    }, []);
    const expected = typeof because === 'string' ? because : expect.stringMatching(because);
    expect(verdict).toMatchObject({
      check: 'unknown check',
      holds: 'unknown',
      findings: [{ code: 'check-crashed', blame: 'harness', because: expected, entries: [], connection: '' }],
    });
  });
}

test('judgement: of a hundred findings alike on one connection the last says that more are not listed', () => {
  const judging = judgement('a check', 'what is promised');
  const violation = {
    code: 'frame-empty',
    expected: 'it',
    found: 'another',
    because: 'it is empty',
    entries: [],
  } as const;
  for (let sent = 0; sent < 5000; sent += 1) judging.violated({ ...violation, connection: 'c1' });
  judging.violated({ ...violation, connection: 'c2' });
  const { holds, findings } = { findings: [], ...judging.verdict('') };
  expect([holds, findings.length, findings.at(-1)?.connection]).toEqual([false, 101, 'c2']);
  expect(findings.map(({ because }) => because).filter((because) => because !== 'it is empty')).toEqual([
    'it is empty; this is finding 100 of its kind on this connection; more are not listed',
  ]);
});
