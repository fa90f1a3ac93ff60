import { writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { chromium, expect, test } from '@playwright/test';
import type { Browser, Page } from '@playwright/test';
import { PAYLOADS } from './hostile-history.ts';
import { placesWith } from './places.ts';

/** What a page did that a page without scripts cannot do. */
interface Misdeeds {
  readonly requests: string[];
  readonly dialogs: string[];
}

let browser: Browser;

test.beforeAll(async () => {
  browser = await chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox'],
  });
});

test.afterAll(() => browser.close());

/** Opens a page from disk, as a reader does, and gives every element a moment to load and to fail. */
async function opened(html: string): Promise<{ readonly page: Page; readonly misdeeds: Misdeeds }> {
  const file = test.info().outputPath('page.html');
  writeFileSync(file, html);
  const page = await browser.newPage();
  const misdeeds: Misdeeds = { requests: [], dialogs: [] };
  page.on('request', (request) => void misdeeds.requests.push(request.url()));
  page.on('dialog', (dialog) => void misdeeds.dialogs.push(dialog.message()));
  await page.goto(pathToFileURL(file).href, { waitUntil: 'load' });
  return { page, misdeeds };
}

/** What a page holds that could run a script, and whether one did. */
const EXECUTABLE = `({
  owned: window.owned === true,
  scripts: document.scripts.length,
  links: document.querySelectorAll('a[href], img, svg, iframe, object, embed').length,
  handlers: [...document.querySelectorAll('*')].flatMap((e) => [...e.attributes]).filter((a) => a.name.startsWith('on')).length,
})`;

const NOTHING = { owned: false, scripts: 0, links: 0, handlers: 0 };

for (const [what, payload] of Object.entries(PAYLOADS)) {
  test(`browser: ${what} runs no script and loads nothing in the timeline`, async () => {
    const places = (await placesWith(payload)).filter(({ format }) => format === 'html');
    expect(places.map(({ name }) => name)).toEqual(['attachment timeline']);
    for (const { text } of places) {
      const { page, misdeeds } = await opened(text);
      expect(await page.evaluate(EXECUTABLE)).toEqual(NOTHING);
      expect(misdeeds).toEqual({ requests: [page.url()], dialogs: [] });
      await page.close();
    }
  });
}

test('browser: a page that does not escape is seen to run a script', async () => {
  const { page, misdeeds } = await opened(`<p>${PAYLOADS['an image with a handler']}</p>`);
  await expect.poll(() => page.evaluate(EXECUTABLE)).toMatchObject({ owned: true, handlers: 1 });
  expect(misdeeds.requests).toHaveLength(2);
});
