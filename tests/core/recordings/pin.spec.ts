import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { TestInfo } from '@playwright/test';
import { expect, test } from '@playwright/test';
import { pin, PINNED, pinnedVerdicts } from '../../../scripts/pin.ts';
import { restoredHistory } from '../../../src/report/saved-history.ts';
import { RECORDING } from '../../../src/report/recording.ts';

/** Shaped like a token, signed by nobody. */
const TOKEN = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ1c2VyLTEifQ.c2lnbmF0dXJlLXNpZ25hdHVyZQ';

const SAVED = `${PINNED}/beta-9-loop-ends-after-welcome.json`;

/** An empty folder for what a test pins, and a copy of a recording in which one text stands for another. */
function changed(testInfo: TestInfo, text: string, by: string): { readonly file: string; readonly folder: string } {
  const [file, folder] = [testInfo.outputPath('history.json'), testInfo.outputPath('pinned')];
  const content = readFileSync(SAVED, 'utf8');
  expect(content).toContain(text);
  writeFileSync(file, content.replace(text, by));
  mkdirSync(folder);
  return { file, folder };
}

test('pinning copies a recording and writes down its verdict', async ({}, testInfo) => {
  const { file, folder } = changed(testInfo, 'answers a ping', 'answers each ping');
  expect(pin(file, 'a-loop-that-ends', folder)).toContain('heartbeat: violated, pong-missing (product)');
  const [saved, copy] = [file, `${folder}/a-loop-that-ends.json`].map((each) =>
    RECORDING.parse(JSON.parse(readFileSync(each, 'utf8'))),
  );
  expect(copy).toEqual(saved);
  expect(restoredHistory(copy?.entries ?? [])).toHaveLength(11);
  expect(pinnedVerdicts(folder)).toEqual({
    'a-loop-that-ends': [
      'heartbeat: violated, pong-missing (product)',
      'closing: violated, closed-uncleanly (product)',
    ],
  });
  expect(() => pin(file, 'a-loop-that-ends', folder)).toThrow(/a-loop-that-ends\.json exists already/);
});

const CREDENTIALS: Readonly<Record<string, readonly [string, string, RegExp]>> = {
  'a message': ['ws_edea89a1_1795603594_c093c0d3', TOKEN, /entry 4 \(received of c1\)/],
  'a subprotocol': ['jwt.[redacted:token]', `jwt.${TOKEN}`, /entry 0 \(handshake-request of c1\)/],
  'the reason of a close': ['"reason":""', `"reason":"${TOKEN}"`, /entry 10 \(closed of c1\)/],
  'a header': ['"server":"uvicorn"', '"set-cookie":"session=5"', /entry 1 \(handshake-answer of c1\)/],
  'the title of the test': ['answers a ping', TOKEN, /in the description of the test/],
};

for (const [where, [text, by, place]] of Object.entries(CREDENTIALS)) {
  test(`pinning refuses a credential in ${where}, and does not repeat it`, async ({}, testInfo) => {
    const { file, folder } = changed(testInfo, text, by);
    let message = '';
    try {
      pin(file, 'with-a-credential', folder);
    } catch (error) {
      message = String(error);
    }
    expect(message).toMatch(place);
    expect(message).not.toContain(TOKEN);
    expect(pinnedVerdicts(folder)).toEqual({});
  });
}

test('pinning refuses a name that is no file name', async ({}, testInfo) => {
  const { file, folder } = changed(testInfo, 'answers a ping', 'answers a ping');
  expect(() => pin(file, '../elsewhere', folder)).toThrow(/expected a name of small letters, digits and hyphens/);
});

test('pinning refuses a HAR', async ({}, testInfo) => {
  const { folder } = changed(testInfo, 'answers a ping', 'answers a ping');
  expect(() => pin('tests/core/har/recorded-by-playwright.har', 'a-har', folder)).toThrow(
    /expected a saved history to pin/,
  );
});
