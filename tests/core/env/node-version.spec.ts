import { expect, test } from '@playwright/test';
import { requireNode } from '../../../env/node-version.ts';

for (const version of ['18.20.0', '20.10.0', '20.18.3']) {
  test(`Node ${version} is refused by name`, () => {
    expect(() => requireNode(version)).toThrow(`needs Node 20.19 or later, and runs on Node ${version}`);
  });
}

for (const version of ['20.19.0', '20.20.2', '22.0.0', '24.1.0']) {
  test(`Node ${version} is accepted`, () => {
    expect(() => requireNode(version)).not.toThrow();
  });
}
