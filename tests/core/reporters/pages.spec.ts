import { expect, test } from '@playwright/test';
import { openingOn, withoutRequests } from '../../../src/reporters/report-page.ts';
import { requirementUrl } from '../../../src/reporters/allure-listener.ts';

const PAGE = '<html><head><script src="data:text/javascript;base64,eA=="></script></head><body>Report</body></html>';

test('offline page: analytics are removed, everything else stays', () => {
  const analytics = [
    '<script async src="https://www.googletagmanager.com/gtag/js?id=G-X"></script>',
    '<script>\n function gtag(){dataLayer.push(arguments);}\n</script>',
  ].join('\n');
  expect(withoutRequests(PAGE.replace('<body>', `<body>${analytics}`)).replaceAll('\n', '')).toBe(PAGE);
});

test('offline page: anything else that a browser would fetch is refused', () => {
  for (const tag of ['<img src="https://x.example/a.png">', '<link rel="stylesheet" href="//x.example/a.css">']) {
    expect(() => withoutRequests(PAGE.replace('Report', tag))).toThrow(/expected a page that fetches nothing, found </);
  }
});

test('first page: the report opens on one of its tests, unless its address says otherwise', () => {
  const data = Buffer.from(JSON.stringify({ name: 'the run' })).toString('base64');
  const page = `<head></head><script>d("data/test-results/abc1.json","${data}")</script>`;
  expect(openingOn(page, 'the run')).toContain("<head><script>if (location.hash === '') location.replace('#abc1');");
  expect(openingOn(page, 'another test')).toBe(page);
});

test('requirement links: to the commit on GitHub where a workflow runs, otherwise to the checkout beside the report', () => {
  const id = 'auth:judged-alike';
  expect(requirementUrl(id, {})).toBe('../../docs/requirements.md#authjudged-alike');
  const onGitHub = { GITHUB_SERVER_URL: 'https://github.com', GITHUB_REPOSITORY: 'owner/name', GITHUB_SHA: 'abc' };
  expect(requirementUrl(id, onGitHub)).toBe(
    'https://github.com/owner/name/blob/abc/docs/requirements.md#authjudged-alike',
  );
});
