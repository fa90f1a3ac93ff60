import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { childFolder, runScript } from '../../child-runs/child-report.ts';

const WRONG = `on: push
jobs:
  check:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v7
        wit: {}
      - run: echo \${{ nothing.known }}
`;

test('workflows: a wrong key, an unknown context and an action that is not pinned are each found in their line', async () => {
  using folder = childFolder();
  const file = join(folder.path, 'wrong.yml');
  writeFileSync(file, WRONG);
  const { exitCode, output } = await runScript('scripts/workflows.ts', [file], {});
  expect(exitCode).toBe(1);
  expect(output).toContain("wrong.yml:7: Unexpected value 'wit'");
  expect(output).toContain("wrong.yml:8: Unrecognized named-value: 'nothing'");
  expect(output).toContain('wrong.yml:6: actions/checkout@v7: expected OWNER/NAME@<commit of 40 hexadecimal digits>');
});
